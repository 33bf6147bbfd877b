import { ownNames } from "../../lib/naming/own-names";
import { roleNameOf } from "../../lib/naming/role-names";
import type { OrganizationFile } from "../schema/schema";
import type { Checked } from "./check";
import type { Problem } from "./problem";

/** Maximum length of the name of a role. Source: IAM quotas, "IAM name limits". */
const LONGEST_ROLE = 64;
/** Maximum length of the names of rules, connections and API destinations. Source: EventBridge API, PutRule, CreateConnection. */
const LONGEST_WEBHOOK = 64;

/** Problems of `names` against the settings that are part of the same names. */
export function namesProblems({ file, valid }: Checked<OrganizationFile>): Problem[] {
  const { names, iam, alertHub, tags = {} } = valid;
  if (names === undefined) return [];
  const own = ownNames(names);
  const path = ["names", "prefix"];
  const problems: Problem[] = [];

  const [role = ""] = [...own.iamNames].sort((one, other) => other.length - one.length);
  const named = `${iam?.namePrefix ?? ""}${role}`;
  if (named.length > LONGEST_ROLE) {
    const most = names.prefix.length - (named.length - LONGEST_ROLE);
    problems.push(
      file.problem(
        path,
        `be at most ${most} characters beside iam.namePrefix: role '${named}' would have ${named.length}`,
      ),
    );
  }
  const boundary = iam?.permissionsBoundary;
  if (boundary !== undefined && roleNameOf(boundary) === own.boundary) {
    const rule = `be another policy than ${own.boundary}, which Trailwatch itself may create`;
    problems.push(file.problem(["iam", "permissionsBoundary"], rule));
  }
  const webhook = alertHub?.webhooks
    .map(({ name }) => own.webhookResourceName(name))
    .find(({ length }) => length > LONGEST_WEBHOOK);
  if (webhook !== undefined) {
    const most = names.prefix.length - (webhook.length - LONGEST_WEBHOOK);
    const rule = `be at most ${most} characters beside the webhooks: '${webhook}' would have ${webhook.length}`;
    problems.push(file.problem(path, rule));
  }
  const taken = Object.keys(tags).find((key) => key.toLowerCase() === own.stackTag);
  if (taken !== undefined) {
    problems.push(
      file.problem(["tags", taken], `not have the key ${own.stackTag}, which Trailwatch sets on every resource`),
    );
  }
  return problems;
}
