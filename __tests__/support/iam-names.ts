import type { Organization } from "../../organization/organization";
import type { StackJson } from "./synth";
import { resourcesOfStacks, type SynthesizedResource } from "./variants";

const KINDS: Readonly<Record<string, string>> = { aws_iam_role: "role", aws_iam_policy: "policy" };

/** Roles and policies that do not have the path, prefix and boundary that `iam` of organization.yaml sets. */
export function rolesBeside(organization: Organization, resources: readonly SynthesizedResource[]): string[] {
  const { path, namePrefix, permissionsBoundary } = organization.iam;
  const chosen = [organization.deploymentRole, ...organization.accounts.flatMap((one) => one.deploymentRole ?? [])];
  return resources.flatMap(({ stack, type, id, account, values }) => {
    if (KINDS[type] === undefined) return [];
    const name = String(values.name);
    const boundary = String(values.permissions_boundary);
    const wanted = `arn:aws:iam::${account}:policy/${permissionsBoundary ?? ""}`;
    return [
      ...((values.path ?? "/") === path ? [] : [`path ${String(values.path ?? "/")}`]),
      ...(name.startsWith(`${namePrefix}trailwatch-`) || chosen.includes(name) ? [] : [`name ${name}`]),
      ...(type !== "aws_iam_role" || permissionsBoundary === undefined || boundary === wanted
        ? []
        : [`boundary ${boundary}`]),
    ].map((problem) => `${stack}: ${type}.${id}: ${problem}`);
  });
}

const ARN = /(?:arn:aws:iam::(\d{12}|\*)|" & \$[\w.]+ & "):(role|policy)\/([\w+=,.@/*?-]+)/g;
const NAME = /(userName|roleName|role_name)["\s=!:[{]*(?:"(?:prefix|wildcard)"[\s:]*)?"([^"]*trailwatch[^"]*)"/g;

/**
 * ARNs in texts of stacks that no created role or policy has and that organization.yaml does not name as existing, and
 * names of Trailwatch's roles without the prefix.
 */
export function misnamedRoles(organization: Organization, stacks: Readonly<Record<string, StackJson>>): string[] {
  const { namePrefix, permissionsBoundary, path } = organization.iam;
  const created = resourcesOfStacks(stacks).flatMap(({ type, account, values }) => {
    const kind = KINDS[type];
    return kind === undefined ? [] : [`${account}:${kind}${String(values.path ?? "/")}${String(values.name)}`];
  });
  const isWhole = organization.accounts.every(({ id }) => created.some((arn) => arn.startsWith(id)));
  const existing = [
    ...[permissionsBoundary, organization.deployment?.administratorRole, organization.archive.breakGlassRole],
    ...(organization.deployment === undefined
      ? [organization.deploymentRole, ...organization.accounts.map(({ deploymentRole }) => deploymentRole)]
      : []),
    // The shipped example ignores its calls.
    "CostInventory",
  ];
  const isKnown = (account: string, kind: string, name: string): boolean => {
    if (existing.includes(name) || /^aws-(service-role|reserved)\//.test(name)) return true;
    if (!isWhole && `/${name}`.startsWith(`${path}${namePrefix}trailwatch`)) return true;
    const pattern = new RegExp(`^${escaped(account)}:${kind}/${escaped(name)}$`);
    return created.some((arn) => pattern.test(arn));
  };
  return Object.entries(stacks).flatMap(([stack, json]) => {
    const text = JSON.stringify(json).replaceAll(/\\+"/g, '"');
    const arns = [...text.matchAll(ARN)].filter(
      ([, account = "*", kind = "", name = ""]) => !isKnown(account, kind, name),
    );
    const names = [...text.matchAll(NAME)].filter(([, , name = ""]) => !name.startsWith(namePrefix));
    return [
      ...arns.map(([arn]) => `${stack}: ${arn}`),
      ...names.map(([, field = "", name = ""]) => `${stack}: ${field} ${name}`),
    ];
  });
}

function escaped(pattern: string): string {
  return pattern
    .replace(/[+.@/]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
}
