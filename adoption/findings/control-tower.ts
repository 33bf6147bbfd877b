import type { AccountFacts, TrailFacts } from "../facts";
import { CONTROL_TOWER_ROLE } from "../reads/account-facts";
import { CONTROL_TOWER_TRAIL } from "./trails";
import { ORGANIZATION, type AdoptFinding } from "./finding";

/** Source: Control Tower User Guide, resources in the log archive account. */
const CONTROL_TOWER_BUCKET = /^aws-controltower-logs-(\d{12})-[a-z0-9-]+$/;

/** The 12-digit id of the log-archive account in the name of Control Tower's bucket. */
export function bucketOwnerOf(bucket: string): string | undefined {
  return CONTROL_TOWER_BUCKET.exec(bucket)?.[1];
}

/** Signs of AWS Control Tower; empty when there are none. */
export function controlTowerSigns(accounts: readonly AccountFacts[], trail: TrailFacts | undefined): string[] {
  const trails = accounts.flatMap(({ trails = [] }) => trails);
  const named = trails.find(({ name }) => CONTROL_TOWER_TRAIL.test(name));
  const bucket = [trail, ...trails].find((one) => one !== undefined && bucketOwnerOf(one.bucket) !== undefined)?.bucket;
  const enrolled = accounts.filter(({ controlTowerRole }) => controlTowerRole === true).map(({ name }) => name);
  return [
    ...(named === undefined ? [] : [`trail ${named.name}`]),
    ...(bucket === undefined ? [] : [`bucket ${bucket}`]),
    ...(enrolled.length === 0 ? [] : [`role ${CONTROL_TOWER_ROLE} in ${enrolled.join(", ")}`]),
  ];
}

export function controlTowerFindings(signs: readonly string[], deploymentRole: string): AdoptFinding[] {
  if (signs.length === 0) return [];
  const roles =
    deploymentRole === CONTROL_TOWER_ROLE
      ? `deploymentRole is ${CONTROL_TOWER_ROLE}, which its controls exempt`
      : `its controls may deny other roles than ${CONTROL_TOWER_ROLE} to change its log group: ` +
        `if a deployment is denied, set deploymentRole: ${CONTROL_TOWER_ROLE}`;
  return [
    {
      verdict: "found",
      subject: "Control Tower",
      account: ORGANIZATION,
      name: "AWS Control Tower",
      sentence: `Recognized by ${signs.join("; ")}; ${roles}.`,
    },
  ];
}
