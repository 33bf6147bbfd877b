import { templatesOf } from "../template";
import { blocksOf, type Arguments } from "./arguments";

/** Arguments that are mostly one reference and nothing else, so far as a deployment is read. */
const REFERENCES = ["topic_arn", "endpoint", "arn", "rule", "log_group_name", "cloud_watch_logs_group_arn"];
const LISTS = ["alarm_actions", "ok_actions", "insufficient_data_actions"];
/** Texts that references alone do not make. */
const TEXTS = ["name", "alarm_name", "alarm_rule", "pattern", "event_pattern"];

/** Leads nowhere, and so says by itself what it is. */
const UNKNOWN = "${known after apply}";

/**
 * Planned values as templates, those that are unknown until Terraform has run as references. A plan says what an unknown value
 * refers to, not how it is put together.
 */
export function filled(
  { values, configuration }: { readonly values: Arguments; readonly configuration: Arguments },
  textsOf: (expression: unknown) => readonly string[],
): Arguments {
  const [expressions = {}] = blocksOf(configuration, "expressions");
  const isUnknown = (name: string): boolean => !Object.hasOwn(values, name) && Object.hasOwn(expressions, name);
  const entries = [
    ...LISTS.filter(isUnknown).map((name) => [name, textsOf(expressions[name])] as const),
    ...REFERENCES.filter(isUnknown).map((name) => {
      const [text = UNKNOWN, another] = textsOf(expressions[name]);
      return [name, another === undefined ? text : UNKNOWN] as const;
    }),
    ...TEXTS.filter(isUnknown).map((name) => [name, UNKNOWN] as const),
  ];
  return { ...(templatesOf(values) as Arguments), ...(Object.fromEntries(entries) as Arguments) };
}
