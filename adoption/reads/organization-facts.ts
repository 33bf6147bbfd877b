import type { Organization } from "../../organization/organization";
import type { OrganizationFacts, ServiceControlPolicy } from "../facts";
import { ADOPT_READS } from "../aws/calls";
import type { Reading } from "./reading";

/** Reads AWS Organizations, from the management account. */
export async function readOrganizationFacts(reading: Reading, organization: Organization): Promise<OrganizationFacts> {
  const region = organization.homeRegion;
  const described = await reading.attempt("the organization", () =>
    reading.query(ADOPT_READS.organization, {}, region),
  );
  const accounts = await reading.attempt("accounts of the organization", () =>
    reading.list(ADOPT_READS.accounts, { region, input: (NextToken) => ({ NextToken }) }, (answer) => ({
      items: answer.Accounts,
      next: answer.NextToken,
    })),
  );
  const known = new Set(organization.accounts.map(({ id }) => id));
  return {
    id: described?.Organization?.Id,
    withoutFile: (accounts ?? [])
      .filter(({ Id = "", State, Status }) => !known.has(Id) && (State ?? Status) === "ACTIVE")
      .map(({ Id = "", Name = "" }) => ({ id: Id, name: Name })),
    policies: await reading.attempt("service control policies", () => readPolicies(reading, region)),
  };
}

async function readPolicies(reading: Reading, region: string): Promise<ServiceControlPolicy[]> {
  const listed = await reading.list(
    ADOPT_READS.policies,
    { region, input: (NextToken) => ({ Filter: "SERVICE_CONTROL_POLICY" as const, NextToken }) },
    (answer) => ({ items: answer.Policies, next: answer.NextToken }),
  );
  const policies: ServiceControlPolicy[] = [];
  // One after the other: the whole organization shares a few calls a second.
  for (const { Id: PolicyId = "", Name = "" } of listed) {
    const targets = await reading.list(
      ADOPT_READS.policyTargets,
      { region, input: (NextToken) => ({ PolicyId, NextToken }) },
      (answer) => ({ items: answer.Targets, next: answer.NextToken }),
    );
    if (targets.length === 0) continue;
    const answer = await reading.query(ADOPT_READS.policy, { PolicyId }, region);
    policies.push({
      name: Name,
      document: answer?.Policy?.Content ?? "",
      targets: targets.map(({ Type = "", TargetId = "", Name: name = "" }) => ({ type: Type, id: TargetId, name })),
    });
  }
  return policies;
}
