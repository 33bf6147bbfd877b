import { subscriberKinds } from "../../lib/naming/subscriber-kinds";
import type { Problem } from "./problem";
import type { AccountFile, Subscribers } from "../schema/schema";
import { TOPIC_NAMES } from "../schema/subscribers";
import type { Path, YamlFile } from "../yaml/yaml-file";

/**
 * The entries of a list that repeat an earlier one. `within` is the path from an entry to the value that must differ.
 */
export function repeats(file: YamlFile, list: Path, values: readonly string[] = [], within: Path = []): Problem[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [file.problem([...list, index, ...within], "be listed once")];
    seen.add(value);
    return [];
  });
}

/** Duplicate subscribers: AWS has one subscription for both, and Terraform's two resources would conflict. */
export function repeatedSubscribers(file: YamlFile, path: Path, subscribers: Subscribers | undefined): Problem[] {
  if (subscribers === undefined) return [];
  return subscriberKinds.flatMap((kind) => repeats(file, [...path, kind], subscribers[kind]));
}

/** The same for both topics of an account, or of the organization. */
export function repeatedSubscribersOfTopics(file: YamlFile, notifications: AccountFile["notifications"]): Problem[] {
  return TOPIC_NAMES.flatMap((topic) => repeatedSubscribers(file, ["notifications", topic], notifications?.[topic]));
}
