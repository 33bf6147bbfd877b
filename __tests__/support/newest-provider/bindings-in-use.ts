import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDERS_OF_RESOURCES = ["modules", "stacks", "delivery"];

/** The modules of the AWS provider's bindings that our sources use, by their folder's name, such as `sns-topic`. */
export function bindingsInUse(): string[] {
  const sources = FOLDERS_OF_RESOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  const imports = sources.flatMap((text) =>
    Array.from(text.matchAll(/"@cdktf\/provider-aws\/lib\/([\w-]+)"/g), ([, name = ""]) => name),
  );
  // cdktf 0.21 has no bindings of ephemeral resources, which are added as overrides.
  const ephemeral = sources.flatMap((text) =>
    Array.from(text.matchAll(/[`"]ephemeral\.(aws_\w+)\./g), ([, type = ""]) => `ephemeral-${type.replace(/_/g, "-")}`),
  );
  return [...new Set([...imports, ...ephemeral])].filter((name) => name !== "provider").sort();
}

/** What an app needs of a package of bindings, as members of the package. */
export function bindingMembers(): string[] {
  return ["package.json", ...["provider", "provider-functions", ...bindingsInUse()].map((name) => `lib/${name}`)];
}
