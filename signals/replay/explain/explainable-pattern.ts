import { compileEventPattern, type EventPattern } from "../../../lib/patterns/event-pattern/event-pattern";

/** An event pattern that can name the field that stops an event. */
export interface ExplainablePattern extends EventPattern {
  /** The first part of the pattern that the event does not meet, as JSON; truncated if it is long. */
  failing(event: unknown): string;
}

const MAX_SHOWN = 300;

export function explainablePattern(text: string): ExplainablePattern {
  const whole = compileEventPattern(text);
  const fields = JSON.parse(text) as object;
  const parts = partsOf(fields).map((part) => ({ part, pattern: compileEventPattern(part) }));
  return {
    matches: (event) => whole.matches(event),
    failing(event) {
      const found = parts.find(({ pattern }) => !pattern.matches(event))?.part ?? fields;
      const shown = JSON.stringify(found);
      return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
    },
  };
}

/** Splits a pattern into patterns of one field each: at the top, and one level below it. */
function partsOf(pattern: object): object[] {
  return Object.entries(pattern).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, condition]: [string, unknown]) => ({ [key]: { [inner]: condition } }))
      : [{ [key]: value }],
  );
}
