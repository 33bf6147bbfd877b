/** The scanners whose checks docs/compliance.md lists. */
export type Tool = "checkov" | "prowler" | "trivy" | "cdk-nag" | "security-hub";

/** What is known about one check of a scanner. */
export interface Check {
  /** The scanner's own id. */
  readonly id: string;
  /** What the check requires, in the scanner's words or shorter. */
  readonly title: string;
  /** What it applies to: types of Terraform resources, or `account`. */
  readonly appliesTo: string;
  /** Why some or all resources do not meet it. @default - every resource meets it */
  readonly waiver?: Waiver;
  /** Why `npm run scan` gets no result of it. @default - it gets one, if it runs the scanner */
  readonly noResult?: string;
}

/** Why a check is not met, and where. */
export interface Waiver {
  readonly reason: string;
  /**
   * Resources that it covers: names as the scanner reports them, with `*` for any characters.
   *
   * @default - all
   */
  readonly resources?: readonly string[];
}

/** A scanner and its checks that apply to our resources. */
export interface Scanner {
  readonly tool: Tool;
  readonly name: string;
  /** Where each id is explained. */
  readonly link: string;
  /** Where the ids and titles come from, or what runs the checks. */
  readonly source: string;
  readonly checks: readonly Check[];
}

/** The resources of a check's waiver: patterns; none if the check is met everywhere. */
export function waivedResources({ waiver }: Check): readonly string[] {
  return waiver === undefined ? [] : (waiver.resources ?? ["*"]);
}
