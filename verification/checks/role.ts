import { roleArn } from "../../lib/aws/partitions";
import { evaluate, type PolicyRequest, type Verdict } from "../../lib/aws/policy-evaluator";
import { HUB_READS } from "../aws/hub-calls";
import { pages } from "../aws/session";
import type { ExpectedRole } from "../expected/expected-hub";
import { failed, type Finding } from "../result";
import type { Subject } from "./check";
import { listed } from "./problems";

/** ARN of an expected role in its account. */
export function arnOfRole(region: string, accountId: string, { path = "/", name }: ExpectedRole): string {
  return roleArn(region, accountId, `${path}${name}`);
}

/** The policies of a role, as far as they were synthesized. A permissions boundary is not checked. */
export async function rolePolicies({ session, expected }: Subject, role: ExpectedRole): Promise<readonly string[]> {
  const documents = await Promise.all(
    role.policies.map(async (PolicyName) => {
      const answer = await session.query(
        HUB_READS.rolePolicy,
        { RoleName: role.name, PolicyName },
        expected.homeRegion,
      );
      // IAM returns it URL-encoded.
      return answer?.PolicyDocument === undefined ? [] : [decodeURIComponent(answer.PolicyDocument)];
    }),
  );
  return documents.flat();
}

/** A failure if the role has other policies than synthesized, inline or attached; otherwise undefined. */
export async function furtherPolicies(
  { session, expected }: Subject,
  { name, policies }: ExpectedRole,
  remedy: string,
): Promise<Finding | undefined> {
  const RoleName = name;
  const inline = await pages(
    (Marker) => session.query(HUB_READS.rolePolicies, { RoleName, Marker }, expected.homeRegion),
    (answer) => ({ items: answer.PolicyNames, next: answer.Marker }),
  );
  const attached = await pages(
    (Marker) => session.query(HUB_READS.attachedPolicies, { RoleName, Marker }, expected.homeRegion),
    (answer) => ({ items: answer.AttachedPolicies, next: answer.Marker }),
  );
  const further = [
    ...(inline ?? []).filter((policy) => !policies.includes(policy)),
    ...(attached ?? []).map(({ PolicyArn }) => PolicyArn ?? ""),
  ];
  return further.length === 0
    ? undefined
    : failed(`further policies: ${listed(further)}`, "the role may do more than its task", remedy);
}

/** The first of several actions that a role is not allowed; undefined: all are allowed. */
export function firstRefusal(
  policies: readonly string[],
  wishes: readonly { readonly action: string; readonly resource: string }[],
  context: PolicyRequest["context"] = {},
): (Verdict & { readonly wish: string }) | undefined {
  const verdicts = wishes.map(({ action, resource }) => ({
    ...evaluate(policies, { action, resource, context }),
    wish: `${action} on ${resource}`,
  }));
  return verdicts.find(({ answer }) => answer === "denied") ?? verdicts.find(({ answer }) => answer === "undecided");
}
