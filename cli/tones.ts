import type { Severity } from "../lib/naming/severity";
import type { Tone } from "../lib/support/print";

/** How a severity looks; alerts differ from notices. */
export const SEVERITY_TONES: Readonly<Record<Severity, Tone | undefined>> = {
  critical: "bad",
  high: "bad",
  medium: "warn",
  low: undefined,
};
