import { CountEvaluator, type Deployment, type DetectionReport } from "../signals";
import { queriedFeeds, type NotQueried } from "./queried/asked-feeds";
import type { AthenaApi } from "./aws/athena-api";
import { countsQueries } from "./counts/account-sets";
import type { CountsQuery, TimeSpan } from "./counts/counts-query";
import { takeRows } from "./counts/take-rows";
import { runQuery, type RunOptions } from "./run-query";

export interface ArchiveQuestion {
  readonly span: TimeSpan;
  /** Id of the only account whose records are asked for. @default - all */
  readonly account?: string;
  /** @default - every detection */
  readonly detection?: string;
}

/** What the archive says, as far as counts tell it: no principals, no duplicates. */
export interface ArchiveAnswer {
  /** Records of the accounts in the time asked for, duplicates included. */
  readonly records: number;
  readonly scannedBytes: number;
  readonly detections: readonly DetectionReport[];
}

/** Asks the archive what would have fired: Athena counts, and what is deployed is judged here. */
export class ArchiveReplay {
  readonly queries: readonly CountsQuery[];
  /** What cannot be asked: left out of the answer. */
  readonly notQueried: readonly NotQueried[];
  /** What was counted so far. */
  readonly evaluator: CountEvaluator;

  /** @throws FilterPatternError, EventPatternError or MetricTransformationError for what AWS would refuse */
  constructor(deployment: Deployment, { span, account, detection }: ArchiveQuestion) {
    this.evaluator = new CountEvaluator(deployment, detection);
    const { queried, notQueried } = queriedFeeds(this.evaluator.feeds, deployment);
    this.notQueried = notQueried;
    const accounts = deployment.accounts
      .filter(({ id }) => account === undefined || account === id)
      .map(({ id }) => ({ id, feeds: queried.filter(({ evaluated }) => evaluated.feed.mayTake(id)) }));
    this.queries = countsQueries(
      accounts.filter(({ feeds }) => feeds.length > 0),
      span,
    );
  }

  /**
   * Runs the queries one after another. Once only: the judge remembers.
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
