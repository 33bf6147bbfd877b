import type { ZoneSite } from "./zone-site";

/** Settings of organization.yaml that make Trailwatch use what a landing zone has. */
export interface ZoneSettings {
  readonly trail: { readonly name: string; readonly region: string; readonly logGroup: string };
  readonly archive: {
    readonly bucket: string;
    readonly region: string;
    readonly keyArn?: string;
    /** Before `AWSLogs/` in every key. */
    readonly prefix?: string;
    readonly retentionDays: number;
  };
  /** @default - the described role, as AWS Organizations creates it */
  readonly deploymentRole?: string;
  /**
   * Whether the log group has filters for what pack `cis` detects. Both would not fit on it: AWS allows 100.
   *
   * @default false
   */
  readonly hasCisFilters?: boolean;
}

/** What an organization has before Trailwatch is deployed. */
export interface LandingZone {
  readonly id: string;
  /** For `--help` and the terminal. */
  readonly title: string;
  /** Creates it through the AWS API. */
  readonly create: (site: ZoneSite) => Promise<ZoneSettings>;
}
