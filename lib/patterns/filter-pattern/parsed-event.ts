import type { JsonObject } from "../json/json-value";
import { parseJsonObject } from "../json/parse-json";

/** A log event, parsed at most once however many patterns it is matched against. */
export interface ParsedEvent {
  /** The message as it was logged. */
  readonly message: string;
  /** The message as a JSON object; undefined when it is not exactly one JSON object. */
  readonly json: JsonObject | undefined;
}

/** Prepares a message for any number of patterns. The first pattern that needs it parsed triggers parsing. */
export function parseEvent(message: string): ParsedEvent {
  return new LazyEvent(message);
}

class LazyEvent implements ParsedEvent {
  private parsed: { readonly json: JsonObject | undefined } | undefined;

  constructor(readonly message: string) {}

  get json(): JsonObject | undefined {
    this.parsed ??= { json: parseJsonObject(this.message) };
    return this.parsed.json;
  }
}
