import { namesOfTags } from "./names-of-tags";
import { basename, dirname } from "node:path";
import { blocksOf, isArguments, textOfArgument, textsOf, type Arguments } from "./arguments";
import { withExisting } from "./existing";
import { countResources, type Stack } from "./stack";

/** Prefix that cdktf gives the data source for another stack's state; the other stack's id follows. */
export const REMOTE_STATE = "cross-stack-reference-input-";

/** The stack that a Terraform JSON file defines; only a manifest knows its dependencies. */
export function stackOfTerraformJson(document: Arguments, file: string): Stack {
  const providers = blocksOf(document, "provider").flatMap((provider) => blocksOf(provider, "aws"));
  const allowed = new Set(providers.flatMap((provider) => textsOf(provider, "allowed_account_ids")));
  const [accountId] = allowed;
  const resources = resourcesOf(document);
  return {
    id: stackName(document) ?? basename(dirname(file)),
    file,
    resources: withExisting(resources),
    resourceCount: countResources(resources),
    dependencies: [],
    reads: statesReadIn(document),
    accountId: allowed.size === 1 ? accountId : undefined,
    names: namesOfTags(
      providers.flatMap((provider) => blocksOf(provider, "default_tags")).flatMap((tags) => blocksOf(tags, "tags")),
    ),
    regions: new Map(
      providers.map((provider) => {
        const alias = textOfArgument(provider, "alias");
        return [alias === undefined ? "aws" : `aws.${alias}`, textOfArgument(provider, "region") ?? ""];
      }),
    ),
  };
}

function stackName(document: Arguments): string | undefined {
  const [metadata] = blocksOf(document, "//").flatMap((comment) => blocksOf(comment, "metadata"));
  return metadata === undefined ? undefined : textOfArgument(metadata, "stackName");
}

function statesReadIn(document: Arguments): string[] {
  return blocksOf(document, "data")
    .flatMap((data) => blocksOf(data, "terraform_remote_state"))
    .flatMap((states) => Object.keys(states))
    .filter((key) => key.startsWith(REMOTE_STATE))
    .map((key) => key.slice(REMOTE_STATE.length));
}

function resourcesOf(document: Arguments): Stack["resources"] {
  const types = new Map<string, Record<string, Arguments>>();
  for (const [type, blocks] of blocksOf(document, "resource").flatMap((block) => Object.entries(block))) {
    const named = types.get(type) ?? {};
    for (const [name, block] of (Array.isArray(blocks) ? blocks : [blocks])
      .filter(isArguments)
      .flatMap((block) => Object.entries(block))) {
      const [only] = Array.isArray(block) ? (block as unknown[]) : [block];
      if (isArguments(only)) named[name] = only;
    }
    types.set(type, named);
  }
  return Object.fromEntries(types);
}
