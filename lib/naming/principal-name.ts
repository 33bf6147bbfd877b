/**
 * A principal as people call it: `alice (assumed-role/Developer)`, `bob (user)`, `root`. Anything that is not the ARN of
 * one stays as it is. Source: IAM User Guide, "IAM identifiers", and STS API, AssumedRoleUser.
 */
export function principalName(principal: string): string {
  const [, kind = "", path = ""] = ARN.exec(principal) ?? [];
  if (kind === "root") return "root";
  const names = path.split("/");
  const name = names.at(-1) ?? "";
  if (name === "") return principal;
  return kind === "assumed-role" ? `${name} (${[kind, ...names.slice(0, -1)].join("/")})` : `${name} (${kind})`;
}

/** More is cut: the name and the role of a session have 64 letters each. Source: STS API, AssumeRole. */
const LONGEST_NAME = 160;

/** The name cut to a readable length: records hold principals of any length. */
export function shortPrincipalName(principal: string): string {
  const name = principalName(principal);
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

const ARN = /^arn:[^:]*:(?:iam|sts)::[^:]*:(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/;
