/** A silent call that is accepted, with the reason. */
export interface AcceptedRisk {
  /** `<service>:<operation>`. */
  readonly call: string;
  /** Type of the resource. */
  readonly type: string;
  readonly reason: string;
}

/** The silent calls that are accepted. docs/guard.md shows them. */
export const ACCEPTED_RISKS: readonly AcceptedRisk[] = [];
