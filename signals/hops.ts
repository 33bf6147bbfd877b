/**
 * The signal path, hop by hop, as people read it: `verify`, the sandbox and the reports all name a hop by these words.
 */
export const HOPS = [
  "API call",
  "CloudTrail",
  "feed",
  "log group",
  "metric filter",
  "metric",
  "alarm",
  "topic",
  "subscriber",
] as const;

export type Hop = (typeof HOPS)[number];
