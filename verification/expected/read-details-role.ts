import { ownNames } from "../../lib/naming/own-names";
import { textOfArgument } from "../../lib/terraform/read/arguments";
import type { Stack } from "../../lib/terraform/read/stack";
import { StackReader } from "../../lib/terraform/read/stack-reader";
import type { ExpectedDetailsRole } from "./expected-hub";
import { referenced } from "./read-hub";

const ROLE = "aws_iam_role";
const ROLE_POLICY = "aws_iam_role_policy";

/** The role with which the hub reads the account's events, if the stack creates it. */
export function readDetailsRole(stack: Stack): ExpectedDetailsRole | undefined {
  const reader = new StackReader(stack, []);
  const own = ownNames(stack.names);
  const role = reader.all(ROLE).find(([, block]) => textOfArgument(block, "name")?.endsWith(own.alertDetails));
  if (role === undefined) return undefined;
  const [id, block] = role;
  const policies = reader.all(ROLE_POLICY).filter(([, one]) => referenced(ROLE, textOfArgument(one, "role")) === id);
  const trust = textOfArgument(block, "assume_role_policy") ?? "";
  const permissions = policies.map(([, one]) => textOfArgument(one, "policy") ?? "").join("");
  return {
    stack: stack.id,
    role: {
      name: textOfArgument(block, "name") ?? "",
      path: textOfArgument(block, "path"),
      policies: policies.flatMap(([policy]) => reader.text(ROLE_POLICY, policy, "name") ?? []),
    },
    trust,
    caller: /arn:aws[a-z-]*:iam::\d+:role\/[\w+=,.@/-]+/.exec(trust)?.[0] ?? "",
    region: /arn:aws[a-z-]*:logs:([a-z0-9-]+):/.exec(permissions)?.[1] ?? "",
    logGroups: [...new Set([...permissions.matchAll(/:log-group:([^:"*]+)"/g)].map(([, name = ""]) => name))],
  };
}
