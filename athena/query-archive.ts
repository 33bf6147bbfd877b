import { CountEvaluator, type Deployment, type DetectionReport } from "../signals";
import { queriedFeeds, type NotQueried } from "./queried/queried-feeds";
import type { AthenaApi } from "./aws/athena-api";
import { countsQueries } from "./counts/account-sets";
import type { CountsQuery, QueryTimeSpan } from "./counts/counts-query";
import { takeRows } from "./counts/take-rows";
import { runQuery, type RunOptions } from "./run-query";

export interface ArchiveQueryOptions {
  /**
   * Database of the archive\'s table.
   *
   * @default - that of an installation without settings
   */
  readonly database?: string | undefined;
  readonly span: QueryTimeSpan;
  /** Id of the only account whose records are queried. @default - all */
  readonly account?: string;
  /** @default - every detection */
  readonly detection?: string;
}

/** The archive's result, limited to what counts show: no principals, no duplicates. */
export interface ArchiveAnswer {
  /** Records of the accounts in the queried time span, duplicates included. */
  readonly records: number;
  readonly scannedBytes: number;
  readonly detections: readonly DetectionReport[];
}

/** Replays the archive: Athena counts the matches, and the deployed alarms are evaluated here. */
export class ArchiveReplay {
  readonly queries: readonly CountsQuery[];
  /** What cannot be queried, and is missing from the result. */
  readonly notQueried: readonly NotQueried[];
  /** What was counted so far. */
  readonly evaluator: CountEvaluator;

  /** @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse */
  constructor(deployment: Deployment, { span, account, detection, database }: ArchiveQueryOptions) {
    this.evaluator = new CountEvaluator(deployment, detection);
    const { queried, notQueried } = queriedFeeds(this.evaluator.feeds, deployment);
    this.notQueried = notQueried;
    const accounts = deployment.accounts
      .filter(({ id }) => account === undefined || account === id)
      .map(({ id }) => ({ id, feeds: queried.filter(({ evaluated }) => evaluated.feed.mayTake(id)) }));
    this.queries = countsQueries(
      accounts.filter(({ feeds }) => feeds.length > 0),
      span,
      database,
    );
  }

  /**
   * Runs the queries one after another. Call it only once: the evaluation keeps state.
   *
   * @throws AthenaError when one fails
   */
  async run(api: AthenaApi, options: RunOptions = {}): Promise<ArchiveAnswer> {
    let records = 0;
    let scannedBytes = 0;
    for (const query of this.queries) {
      let scanned = 0;
      const onState: RunOptions["onState"] = (state) => {
        scanned = state.scannedBytes;
        options.onState?.({ ...state, scannedBytes: scannedBytes + scanned });
      };
      for await (const rows of runQuery(api, query.sql, { ...options, onState })) {
        records += takeRows(query, rows, this.evaluator);
      }
      scannedBytes += scanned;
    }
    return { records, scannedBytes, detections: this.evaluator.report() };
  }
}
