import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
  type Row as AthenaRow,
} from "@aws-sdk/client-athena";
import { createClient } from "../../lib/aws/client";
import type { Row } from "../counts/take-rows";
import { callFailure, missingWorkgroup, type QueriedPlace } from "./failures";

/** A query's state, as Athena reports it. */
export interface QueryState {
  readonly state: "QUEUED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  /** Why it failed or was cancelled. */
  readonly reason?: string;
  /** Bytes read so far. */
  readonly scannedBytes: number;
}

/** The Athena operations that queries need. */
export interface AthenaApi {
  /** Maximum bytes that one query may read; undefined: no limit. */
  scanLimit(): Promise<number | undefined>;
  /** @returns the query's id */
  start(sql: string): Promise<string>;
  state(id: string): Promise<QueryState>;
  stop(id: string): Promise<void>;
  /** A page of the rows, without the column names. */
  rows(id: string, token: string | undefined): Promise<{ readonly rows: readonly Row[]; readonly next?: string }>;
}

/**
 * Athena, with credentials and endpoint from the environment. Each call throws AthenaError when it is refused or gets
 * no answer.
 */
export function athenaAt(place: QueriedPlace): AthenaApi {
  const client = createClient(AthenaClient, { region: place.region, maxAttempts: MAX_ATTEMPTS });
  const explained = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      throw callFailure(error, place);
    }
  };
  return {
    scanLimit: async () => {
      const { WorkGroup } = await explained(client.send(new GetWorkGroupCommand({ WorkGroup: place.workgroup })));
      // moto's error for a workgroup that does not exist.
      if (WorkGroup === undefined || (WorkGroup as unknown) === null) throw missingWorkgroup(place);
      return WorkGroup.Configuration?.BytesScannedCutoffPerQuery;
    },
    start: async (sql) => {
      const context = { Database: place.database };
      const { QueryExecutionId = "" } = await explained(
        client.send(
          new StartQueryExecutionCommand({
            QueryString: sql,
            WorkGroup: place.workgroup,
            QueryExecutionContext: context,
          }),
        ),
      );
      return QueryExecutionId;
    },
    state: async (id) => {
      const { QueryExecution } = await explained(client.send(new GetQueryExecutionCommand({ QueryExecutionId: id })));
      const { State = "QUEUED", StateChangeReason } = QueryExecution?.Status ?? {};
      const scannedBytes = QueryExecution?.Statistics?.DataScannedInBytes ?? 0;
      return { state: State, scannedBytes, reason: StateChangeReason };
    },
    stop: async (id) => {
      await explained(client.send(new StopQueryExecutionCommand({ QueryExecutionId: id })));
    },
    rows: async (id, token) => {
      const page = new GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token, MaxResults: MAX_ROWS });
      const { ResultSet, NextToken } = await explained(client.send(page));
      // The first row holds the column names.
      const rows = (ResultSet?.Rows ?? []).slice(token === undefined ? 1 : 0).map(textsOf);
      return { rows, next: NextToken };
    },
  };
}

/** Source: Athena API, GetQueryResults. */
const MAX_ROWS = 1000;
/** Athena allows few calls a second: a throttled page is requested again, with increasing delays. */
const MAX_ATTEMPTS = 8;

function textsOf({ Data = [] }: AthenaRow): Row {
  return Data.map(({ VarCharValue }) => VarCharValue);
}
