/** How much a detection matters: critical and high page, medium and low notify. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof SEVERITIES)[number];
