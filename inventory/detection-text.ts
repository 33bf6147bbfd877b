import { isSeq, parseDocument } from "yaml";
import { appendYaml, setYaml } from "./edit-yaml";

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
    (result, [key, value]) => setYaml(result, ["detections", detection, key], value, AFTER[key]),
    text,
  );
  if (ignore.length === 0) return changed;
  const path = ["detections", detection, "ignore"];
  const present = parseDocument(changed, { logLevel: "error" }).getIn(path, true);
  return isSeq(present) && present.items.length > 0
    ? appendYaml(changed, path, ignore)
    : setYaml(changed, path, ignore);
}
