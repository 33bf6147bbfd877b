/** Which records are evaluated, and how. */
export interface EvaluatorOptions {
  /**
   * Id of the account as whose record every record is evaluated.
   *
   * @default - the account that the record was delivered to
   */
  readonly account?: string;
  /** @default - every detection */
  readonly detection?: string;
  /** Milliseconds since 1970; earlier records are skipped. */
  readonly from?: number;
  /** Milliseconds since 1970; records from then on are skipped. */
  readonly to?: number;
  /**
   * Whether to keep matches, for tuning.
   *
   * @default false
   */
  readonly keepMatches?: boolean;
}
