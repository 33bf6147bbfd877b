import { templatesOf } from "../template";
import { blocksOf, type Arguments } from "./arguments";

/** Arguments, among those that are read here, that usually consist of one reference. */
const REFERENCES = ["topic_arn", "endpoint", "arn", "rule", "log_group_name", "cloud_watch_logs_group_arn"];
const LISTS = ["alarm_actions", "ok_actions", "insufficient_data_actions"];
/** Texts that cannot be built from references alone. */
const TEXTS = ["name", "alarm_name", "alarm_rule", "pattern", "event_pattern"];

/** A reference that resolves to nothing, and that explains itself in a warning. */
const UNKNOWN = "${known after apply}";

/**
 * Planned values as templates; values that are unknown until apply become references. A plan contains what an unknown
 * value refers to, but not how it is composed.
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
