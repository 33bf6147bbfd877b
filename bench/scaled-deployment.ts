import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface FilterJson {
  readonly name: string;
  readonly pattern: string;
  readonly metric_transformation: { readonly name: string };
}

interface StackJson {
  readonly resource: { aws_cloudwatch_log_metric_filter?: Record<string, FilterJson> };
}

interface Scale {
  /** The name of the account whose stack is scaled. */
  readonly account: string;
  /** Of its detections. */
  readonly count: number;
  /** Where the copy of the deployment is written. */
  readonly folder: string;
}

/**
 * A copy of a deployment in which an account has this number of detections: fewer, or more, with the same filters for
 * events of other names. Returns its folder.
 */
export function scaledDeployment(deployment: string, { account, count, folder }: Scale): string {
  if (existsSync(folder)) return folder;
  cpSync(deployment, folder, { recursive: true });
  const stacks = join(folder, "stacks");
  const name = readdirSync(stacks).find((stack) => stack === `monitoring-${account}`) ?? "";
  const file = join(stacks, name, "cdk.tf.json");
  const stack = JSON.parse(readFileSync(file, "utf8")) as StackJson;
  const filters = Object.entries(stack.resource.aws_cloudwatch_log_metric_filter ?? {});
  const ids = [...new Set(filters.map(([, filter]) => filter.metric_transformation.name))];
  const scaled = Array.from({ length: Math.ceil(count / ids.length) }, (_, round) => {
    const kept = new Set(ids.slice(0, count - round * ids.length));
    const ofRound = filters.filter(([, filter]) => kept.has(filter.metric_transformation.name));
    return round === 0 ? ofRound : ofRound.map(([key, filter]) => [`${key}_${round}`, renamed(filter, round)] as const);
  });
  stack.resource.aws_cloudwatch_log_metric_filter = Object.fromEntries(scaled.flat());
  writeFileSync(file, JSON.stringify(stack));
  return folder;
}

/** The same filter of another detection: the last letter of each event's name is a digit, so that the length stays. */
function renamed({ name, pattern, metric_transformation, ...others }: FilterJson, round: number): FilterJson {
  return {
    ...others,
    name: `${name}-${round}`,
    pattern: pattern.replace(/(eventName *= *"[^"*]+)[^"*]"/g, `$1${round}"`),
    metric_transformation: { ...metric_transformation, name: `${metric_transformation.name}-${round}` },
  };
}
