import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ORGANIZATION = `id: o-exampleorgid
archive: { bucket: example-org-trailwatch-archive }
notifications:
  alerts: { email: [security-alerts@example.com] }
  notices: { email: [security-notices@example.com] }
`;

const STATE = "{ backend: s3, account: log-archive, bucket: example-org-trailwatch-state }";

/** As most members look: one secret, everything else by default. */
const MEMBER = `secrets:
  create: [{ name: MyProjectSecrets, description: S3 credentials of the workload }]
detections:
  # The workload reads its secret once at start.
  watched-secret-reads: { threshold: 3, periodSeconds: 300 }
`;

/** How an organization differs from the usual one. */
interface Differences {
  /** @default - numbers from 100000000000 */
  readonly idOf?: (number: number) => string;
  /**
   * In us-east-1, global events need no further region: stacks have one provider, and a queue less, whose creation takes
   * the provider half a minute.
   *
   * @default eu-west-1
   */
  readonly homeRegion?: string;
  /**
   * Further lines of `organization.yaml`.
   *
   * @default - none
   */
  readonly settings?: string;
  /**
   * The setting `state`.
   *
   * @default - a bucket of the log-archive account
   */
  readonly state?: string;
  /**
   * Lines of each member's file, in which NAME is the account's name.
   *
   * @default - one secret, everything else by default
   */
  readonly member?: string;
}

/**
 * Writes an accounts folder of that many accounts: `management`, `log-archive`, and members `team-0001`, `team-0002` …
 * Packs, feeds and regions are the defaults unless `settings` has others, so that every member has the same stack but for
 * its name and id.
 *
 * @returns the names of the accounts
 */
export function writeOrganization(folder: string, accounts: number, differences: Differences = {}): string[] {
  const { idOf = (number: number) => String(100_000_000_000 + number), homeRegion = "eu-west-1" } = differences;
  const { settings = "", state = STATE, member = MEMBER } = differences;
  if (accounts < 2) throw new Error(`'accounts' must be at least 2, got '${accounts}'`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "organization.yaml"),
    `${ORGANIZATION}state: ${state}\nhomeRegion: ${homeRegion}\n${settings}`,
  );
  return Array.from({ length: accounts }, (_, number) => {
    const role = (["management", "log-archive"] as const)[number] ?? "member";
    const name = role === "member" ? `team-${String(number - 1).padStart(4, "0")}` : role;
    const account = `name: ${name}\nid: "${idOf(number)}"\nrole: ${role}\n`;
    writeFileSync(
      join(folder, `${name}.yaml`),
      role === "member" ? account + member.replaceAll("NAME", name) : account,
    );
    return name;
  });
}
