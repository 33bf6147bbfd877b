import { compileEventPattern, type CompiledEventPattern } from "../../../lib/patterns/event-pattern/event-pattern";
import { onePatternPerField } from "../../../lib/patterns/event-pattern/read-pattern";
import { byText } from "../../../lib/support/by-text";

/** An event pattern that can name the field that stops an event. */
export interface ExplainablePattern extends CompiledEventPattern {
  /** The first part of the pattern that the event does not meet, as JSON; truncated if it is long. */
  failing(event: unknown): string;
}

const MAX_SHOWN = 300;

/** @throws EventPatternError for what EventBridge would refuse */
export const explainablePattern = byText((text): ExplainablePattern => {
  const whole = compileEventPattern(text);
  return {
    matches: (event) => whole.matches(event),
    failing(event) {
      const part = onePatternPerField(text).find((one) => !compileEventPattern(one).matches(event));
      const shown = JSON.stringify(part ?? JSON.parse(text));
      return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
    },
  };
});
