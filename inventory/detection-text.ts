import { isMap, isSeq, parseDocument } from "yaml";
import { appendYaml, editYaml, type YamlValue } from "./edit-yaml";

/** What to set for a detection; omitted settings stay. */
export interface DetectionEdit {
  readonly threshold?: number;
  readonly periodSeconds?: number;
  /** Entries to add. */
  readonly ignore: readonly Readonly<Record<string, string>>[];
}

/** The sibling keys after which a new setting goes, so that settings are in reading order. */
const AFTER = { threshold: "severity", periodSeconds: "threshold" } as const;

/**
 * An account's file with changed settings for a detection. Only their lines change.
 *
 * @throws Error when the text is written so that they cannot be changed alone
 */
export function setDetection(text: string, detection: string, { ignore, ...values }: DetectionEdit): string {
  const settings = Object.entries(values) as [keyof typeof AFTER, number][];
  const changed = settings.reduce(
    (result, [key, value]) => set(result, ["detections", detection, key], value, AFTER[key]),
    text,
  );
  if (ignore.length === 0) return changed;
  const path = ["detections", detection, "ignore"];
  const present = parseDocument(changed, { logLevel: "error" }).getIn(path, true);
  return isSeq(present) && present.items.length > 0 ? appendYaml(changed, path, ignore) : set(changed, path, ignore);
}

/** Sets a value, and creates the missing maps around it. */
function set(text: string, path: readonly string[], value: YamlValue, after?: string): string {
  const document = parseDocument(text, { logLevel: "error" });
  let depth = path.length - 1;
  let whole = value;
  for (; depth > 0; depth -= 1) {
    const parent: unknown = document.getIn(path.slice(0, depth), true);
    if (isMap(parent) && parent.items.length > 0) break;
    whole = { [path[depth] ?? ""]: whole };
  }
  return editYaml(text, {
    path: path.slice(0, depth + 1),
    value: whole,
    ...(depth === path.length - 1 ? { after } : {}),
  });
}
