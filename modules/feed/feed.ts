/** Where an account's CloudTrail events can be judged: a log group, and where in its messages the record begins. */
export interface Feed {
  /** Name of the log group that metric filters go on. */
  readonly logGroupName: string;
  /** Selector of the record: `$` when a trail writes it, `$.detail` when EventBridge wraps it. */
  readonly recordRoot: "$" | "$.detail";
}
