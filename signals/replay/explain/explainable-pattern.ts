import { compileEventPattern, type CompiledEventPattern } from "../../../lib/patterns/event-pattern/event-pattern";
import { onePatternPerField } from "../../../lib/patterns/event-pattern/read-pattern";

/** An event pattern that can name the field that stops an event. */
export interface ExplainablePattern extends CompiledEventPattern {
  /** The first part of the pattern that the event does not meet, as JSON; truncated if it is long. */
  failing(event: unknown): string;
}

const MAX_SHOWN = 300;

export function explainablePattern(text: string): ExplainablePattern {
  const whole = compileEventPattern(text);
  const parts = onePatternPerField(text).map((part) => ({ part, pattern: compileEventPattern(part) }));
  return {
    matches: (event) => whole.matches(event),
    failing(event) {
      const part = parts.find(({ pattern }) => !pattern.matches(event))?.part;
      const shown = JSON.stringify(part ?? JSON.parse(text));
      return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
    },
  };
}
