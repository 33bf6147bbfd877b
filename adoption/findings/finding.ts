/**
 * What a finding means for a deployment. `found` is information; `unread` was not answered by AWS, and no success may
 * be concluded from it.
 */
export const VERDICTS = ["reuse", "create", "collides", "found", "unread"] as const;

export type AdoptVerdict = (typeof VERDICTS)[number];

export interface AdoptFinding {
  readonly verdict: AdoptVerdict;
  /** What it is about, such as `trail`. */
  readonly subject: string;
  /** Name of the account; `organization` for what no account owns. */
  readonly account: string;
  /** Name of the resource, or of what was not read. */
  readonly name: string;
  /** One sentence: what it means, and what to do. */
  readonly sentence: string;
  /** What it costs, where that depends on the choice. */
  readonly cost?: string;
}

/** Account of findings about the whole organization. */
export const ORGANIZATION = "organization";
