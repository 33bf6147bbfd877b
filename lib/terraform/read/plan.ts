import { namesOfTags } from "./names-of-tags";
import { basename } from "node:path";
import { blocksOf, isArguments, textOfArgument, type Arguments } from "./arguments";
import { EXISTING, withExisting } from "./existing";
import { PlanModule, type PlannedResource } from "./plan-module";
import { countResources, type Stack } from "./stack";

/** An account in an ARN. */
const ACCOUNT = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/;

/** Whether a document is a plan in the format of `terraform show -json`. Source: Terraform, JSON output format. */
export function isPlan(document: Arguments): boolean {
  return (
    typeof document["format_version"] === "string" &&
    isArguments(document["planned_values"]) &&
    isArguments(document["configuration"])
  );
}

/** What a plan is about to deploy, a stack for each account. */
export function stacksOfPlan(document: Arguments, file: string): readonly Stack[] {
  const root = PlanModule.ofRoot(document);
  const resources = root.allResources();
  const providers = providersOf(document, root, resources);
  const accounts = [...new Set([...providers.values()].flatMap(({ accountId }) => accountId ?? []))];
  const accountOf = ({ type, provider }: PlannedResource): string | undefined =>
    // It has no provider of AWS; each of our stacks deploys to one account.
    type === EXISTING.type && accounts.length === 1 ? accounts[0] : providers.get(provider)?.accountId;
  const regions = new Map([...providers].map(([name, { region }]) => [name, region]));

  return [...new Set(resources.map(accountOf))].map((accountId) => {
    const ofAccount = [...providers.values()].filter((provider) => provider.accountId === accountId);
    const own = byType(resources.filter((resource) => accountOf(resource) === accountId));
    return {
      id: basename(file, ".json"),
      file,
      accountId,
      regions,
      names: namesOfTags(ofAccount.flatMap(({ defaultTags }) => defaultTags)),
      resources: withExisting(own),
      resourceCount: countResources(own),
      dependencies: [],
      reads: [],
    };
  });
}

interface Provider {
  readonly accountId: string | undefined;
  readonly region: string;
  readonly defaultTags: readonly Arguments[];
}

/** The providers by their keys in the configuration, `aws`, `aws.<alias>` or `module.<name>:aws`. */
function providersOf(
  document: Arguments,
  root: PlanModule,
  resources: readonly PlannedResource[],
): ReadonlyMap<string, Provider> {
  const configs = blocksOf(document, "configuration").flatMap((configuration) =>
    blocksOf(configuration, "provider_config").flatMap((config) => Object.entries(config)),
  );
  const known = (expression: unknown): string[] => root.textsOf(expression).filter((text) => !text.includes("${"));
  return new Map(
    configs.filter(isNamed).map(([name, config]) => {
      const [expressions = {}] = blocksOf(config, "expressions");
      const allowed = new Set(known(expressions["allowed_account_ids"]));
      const accounts = allowed.size > 0 ? allowed : accountsIn(resources.filter(({ provider }) => provider === name));
      const [accountId] = accounts;
      const [region = ""] = known(expressions["region"]);
      const defaultTags = blocksOf(expressions, "default_tags")
        .flatMap((block) => blocksOf(block, "tags"))
        .flatMap((tags) => blocksOf(tags, "constant_value"));
      return [name, { accountId: accounts.size === 1 ? accountId : undefined, region, defaultTags }];
    }),
  );
}

/** Accounts in the ARNs of resources. ARNs that AWS assigned take precedence over ARNs that the resources refer to. */
function accountsIn(resources: readonly PlannedResource[]): ReadonlySet<string> {
  const own = accountsOf(resources.flatMap(({ values }) => textOfArgument(values, "arn") ?? []));
  return own.size > 0 ? own : accountsOf(resources.flatMap(({ values }) => Object.values(values)));
}

function accountsOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.flatMap((value) => (typeof value === "string" ? (ACCOUNT.exec(value)?.[1] ?? []) : [])));
}

function byType(resources: readonly PlannedResource[]): Stack["resources"] {
  const types: Record<string, Record<string, Arguments>> = {};
  for (const { type, key, values } of resources) (types[type] ??= {})[key] = values;
  return types;
}

function isNamed(entry: [string, unknown]): entry is [string, Arguments] {
  return isArguments(entry[1]);
}
