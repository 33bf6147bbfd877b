import { evaluate } from "../../lib/aws/policy-evaluator";
import { forwardedRegions, type Account, type Organization } from "../../organization/organization";
import type { ServiceControlPolicy } from "../facts";
import { ALLOW_ALL, IN_FURTHER_REGIONS, request } from "./scp-request";

/** A region in which service control policies deny deployments to every account that they apply to. */
export interface DeniedRegion {
  readonly region: string;
  /** Names of the policies. */
  readonly policies: readonly string[];
}

/**
 * The regions besides the home region in which no deployment role of any account but management can create rules. Where
 * only some accounts are denied, an omission would blind the others too: that is for people to decide.
 */
export function deniedRegions(policies: readonly ServiceControlPolicy[], organization: Organization): DeniedRegion[] {
  const restricted = organization.accounts.filter(({ role }) => role !== "management");
  if (restricted.length === 0) return [];
  return forwardedRegions(organization).flatMap((region) => {
    const denying = restricted.map((account) =>
      policies.filter((policy) => appliesTo(policy, account) && denies(policy, organization, account, region)),
    );
    if (denying.some((some) => some.length === 0)) return [];
    return [{ region, policies: [...new Set(denying.flat().map(({ name }) => name))].sort() }];
  });
}

function denies(policy: ServiceControlPolicy, organization: Organization, account: Account, region: string): boolean {
  return IN_FURTHER_REGIONS.some(
    (action) =>
      evaluate([policy.document, ALLOW_ALL], request(organization, account, region, action)).answer === "denied",
  );
}

/** Organizational units are known by name: two of one name below different ones are not distinguished. */
function appliesTo({ targets }: ServiceControlPolicy, { id, organizationalUnit = "" }: Account): boolean {
  const units = organizationalUnit.split("/");
  return targets.some((target) => {
    if (target.type === "ROOT") return true;
    return target.type === "ACCOUNT" ? target.id === id : target.name !== "" && units.includes(target.name);
  });
}
