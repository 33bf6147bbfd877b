import { arnPrefix } from "../../lib/aws/partitions";
import type { Organization } from "../../organization/organization";
import type { StackJson } from "./synth";
import type { SynthesizedResource } from "./variants";

const KINDS: Readonly<Record<string, string>> = { aws_iam_role: "role", aws_iam_policy: "policy" };

/** Roles and policies that do not have the path, prefix and boundary that `iam` of organization.yaml sets. */
export function rolesBeside(organization: Organization, resources: readonly SynthesizedResource[]): string[] {
  const { path, namePrefix, permissionsBoundary } = organization.iam;
  const chosen = [organization.deploymentRole, ...organization.accounts.flatMap((one) => one.deploymentRole ?? [])];
  return resources.flatMap(({ stack, type, id, account, values }) => {
    if (KINDS[type] === undefined) return [];
    const name = String(values.name);
    const { path: given = "/" } = values as { path?: string };
    const boundary = String(values.permissions_boundary);
    const wanted = `${arnPrefix(organization.homeRegion)}:iam::${account}:policy/${permissionsBoundary ?? ""}`;
    return [
      ...(given === path ? [] : [`path ${given}`]),
      ...(name.startsWith(`${namePrefix}trailwatch-`) || chosen.includes(name) ? [] : [`name ${name}`]),
      ...(type !== "aws_iam_role" || permissionsBoundary === undefined || boundary === wanted
        ? []
        : [`boundary ${boundary}`]),
    ].map((problem) => `${stack}: ${type}.${id}: ${problem}`);
  });
}

const ROLE = /:(?:role|policy)\/([\w+=,.@/*-]+)/g;
const NAME = /(userName|roleName)["\s=!:[{]*(?:"(?:prefix|wildcard)"[\s:]*)?"([\w*.-]*trailwatch-[\w*.-]*)"/g;

/**
 * What texts of stacks name in IAM under a path or name that Trailwatch's roles and policies, or the deployment roles,
 * do not have. Paths of deployment roles are those of `iam` where stacks create the roles.
 */
export function misnamedRoles(organization: Organization, stacks: Readonly<Record<string, StackJson>>): string[] {
  const { accounts, deployment, deploymentRole } = organization;
  const { path, namePrefix } = organization.iam;
  const deploying = [deploymentRole, ...accounts.flatMap((account) => account.deploymentRole ?? [])].map((role) =>
    deployment === undefined ? role : `${path.slice(1)}${role}`,
  );
  const isRight = (role: string): boolean =>
    deploying.includes(role) || `/${role}`.startsWith(`${path}${namePrefix}trailwatch-`);
  const concerns = (role: string): boolean =>
    role.includes("trailwatch") || deploying.some((one) => one.split("/").at(-1) === role.split("/").at(-1));
  return Object.entries(stacks).flatMap(([stack, json]) => {
    const text = JSON.stringify(json).replaceAll(/\\+"/g, '"');
    const roles = [...text.matchAll(ROLE)].filter(([, role = ""]) => concerns(role) && !isRight(role));
    const names = [...text.matchAll(NAME)].filter(
      ([, , name = ""]) => !name.startsWith(`${namePrefix}trailwatch-`) && !deploying.some((one) => one.endsWith(name)),
    );
    return [
      ...roles.map(([, role = ""]) => `${stack}: ${role}`),
      ...names.map(([, field = "", name = ""]) => `${stack}: ${field} ${name}`),
    ];
  });
}
