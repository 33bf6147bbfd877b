import { randomBytes } from "node:crypto";
import {
  AttachPolicyCommand,
  CreateOrganizationalUnitCommand,
  CreatePolicyCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
} from "@aws-sdk/client-organizations";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { rootArn } from "../../lib/aws/partitions";
import type { Account } from "../../organization/organization";
import { controls, EXECUTION_ROLE, type ControlKind } from "./control-tower-controls";
import { policyDocument, trust } from "./policy-document";
import type { ZoneSite } from "./zone-site";

const TRUSTED_SERVICES = ["controltower.amazonaws.com", "config.amazonaws.com"];
const [SECURITY, SANDBOX] = ["Security", "Sandbox"] as const;

/** Control Tower's shared accounts: the log archive, and the audit account where the organization has one. */
function isShared({ name, role }: Account): boolean {
  return role === "log-archive" || /^(audit|security)\b/i.test(name);
}

/** Creates the organizational units with their controls, and enrolls every account but the management account. */
export async function enrollAccounts(site: ZoneSite): Promise<void> {
  const { organizations } = site.of(site.management);
  for (const ServicePrincipal of TRUSTED_SERVICES)
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  const { Roots = [] } = await organizations.send(new ListRootsCommand());
  const root = Roots[0]?.Id;
  await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" }));
  const units = {
    [SECURITY]: await createUnit(site, root, SECURITY, ["all", "security"]),
    [SANDBOX]: await createUnit(site, root, SANDBOX, ["all"]),
  };
  for (const account of site.organization.accounts.filter(({ role }) => role !== "management")) {
    const DestinationParentId = units[isShared(account) ? SECURITY : SANDBOX];
    await organizations.send(
      new MoveAccountCommand({ AccountId: account.id, SourceParentId: root, DestinationParentId }),
    );
    await createExecutionRole(site, account);
  }
}

async function createUnit(
  site: ZoneSite,
  ParentId: string | undefined,
  Name: string,
  kinds: readonly ControlKind[],
): Promise<string | undefined> {
  const { organizations } = site.of(site.management);
  const { OrganizationalUnit } = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
  for (const kind of kinds) {
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({
        // Control Tower gives its policies such names.
        Name: `aws-guardrails-${randomBytes(3).toString("hex")}`,
        Description: `Controls of organizational unit ${Name}`,
        Type: "SERVICE_CONTROL_POLICY",
        Content: policyDocument(...controls(site.region)[kind]),
      }),
    );
    await organizations.send(
      new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id, TargetId: OrganizationalUnit?.Id }),
    );
  }
  return OrganizationalUnit?.Id;
}

/** Source: Control Tower User Guide, how Control Tower works with roles. */
async function createExecutionRole(site: ZoneSite, account: Account): Promise<void> {
  const { iam } = site.of(account);
  const AssumeRolePolicyDocument = trust({ AWS: rootArn(site.region, site.management.id) });
  await iam.send(new CreateRoleCommand({ RoleName: EXECUTION_ROLE, AssumeRolePolicyDocument }));
  // Control Tower attaches AWS's policy of this name; moto has no managed policies.
  const PolicyDocument = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });
  await iam.send(
    new PutRolePolicyCommand({ RoleName: EXECUTION_ROLE, PolicyName: "AdministratorAccess", PolicyDocument }),
  );
}
