import { judge, type Verdict } from "../../policies/judge";
import { HUB_READS } from "../aws/hub-calls";
import type { ExpectedRole } from "../expected/expected-hub";
import type { Subject } from "./check";

/** The policies of a role, as far as they were synthesized. What bounds a role besides is not looked at. */
export async function rolePolicies({ session, expected }: Subject, role: ExpectedRole): Promise<readonly string[]> {
  const documents = await Promise.all(
    role.policies.map(async (PolicyName) => {
      const answer = await session.ask(HUB_READS.rolePolicy, { RoleName: role.name, PolicyName }, expected.homeRegion);
      // IAM answers it encoded as in a URL.
      return answer?.PolicyDocument === undefined ? [] : [decodeURIComponent(answer.PolicyDocument)];
    }),
  );
  return documents.flat();
}

/** What of several things a role may not do, the first of them; undefined: it may do all. */
export function firstRefusal(
  policies: readonly string[],
  wishes: readonly { readonly action: string; readonly resource: string }[],
): (Verdict & { readonly wish: string }) | undefined {
  const verdicts = wishes.map(({ action, resource }) => ({
    ...judge(policies, { action, resource, context: {} }),
    wish: `${action} on ${resource}`,
  }));
  return verdicts.find(({ answer }) => answer === "denied") ?? verdicts.find(({ answer }) => answer === "undecided");
}
