import { FilterPatternError } from "../../lib/patterns/filter-pattern/filter-pattern-error";
import type { FilterPattern } from "../../lib/patterns/filter-pattern/filter-pattern";
import { Lexer } from "../../lib/patterns/filter-pattern/lexer";
import { NUMBER } from "../../lib/patterns/filter-pattern/operand";
import type { ParsedEvent } from "../../lib/patterns/filter-pattern/parsed-event";
import { parseSelector, valueAt } from "../../lib/patterns/filter-pattern/selector";
import { textOf } from "../../lib/patterns/json/json-value";
import type { MetricDatum } from "./metric-series";

/** What a metric filter does with an event, in the words of CloudWatch's API. */
export interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  /** A number, or its location: `$.path` in JSON, `$name` or `$3` in a space-delimited message. */
  readonly metricValue: string;
  /**
   * Published for each event that does not match.
   *
   * @default - nothing is published for such an event
   */
  readonly defaultValue?: number;
  /**
   * Names of dimensions, and the locations of their values. Excludes `defaultValue`.
   *
   * @default - the metric has no dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** A metric filter: its pattern and its transformation. */
export interface MetricFilter {
  /** The datum that one event publishes, at the event's own time; undefined when it publishes nothing. */
  datum(event: ParsedEvent, timestamp: number): MetricDatum | undefined;
  /** The same for an event that is known to match the pattern. */
  datumOfMatch(event: ParsedEvent, timestamp: number): MetricDatum | undefined;
}

/** A transformation that CloudWatch refuses. */
export class MetricTransformationError extends Error {
  override readonly name = "MetricTransformationError";
}

/** Source: CloudWatch Logs API, MetricTransformation. */
const LIMITS = { name: 255, value: 100, dimensions: 3 } as const;

/**
 * Compiles what a metric filter publishes. A matching event publishes nothing if its value is missing or not a number,
 * or if it lacks a dimension: AWS documents neither case.
 *
 * @throws MetricTransformationError for what CloudWatch refuses
 */
export function compileMetricFilter(pattern: FilterPattern, transformation: MetricTransformation): MetricFilter {
  check(pattern, transformation);
  const { defaultValue } = transformation;
  const value = compileValue(pattern, transformation.metricValue);
  const dimensions = Object.entries(transformation.dimensions ?? {}).map(
    ([name, selector]) => [name, compileText(pattern, selector, "dimension value must be valid selector")] as const,
  );

  const datumOfMatch: MetricFilter["datumOfMatch"] = (event, timestamp) => {
    const number = value(event);
    if (number === undefined) return undefined;
    if (dimensions.length === 0) return { timestamp, value: number };
    const found = dimensions.map(([name, text]) => [name, text(event)] as const);
    if (!found.every((entry): entry is readonly [string, string] => entry[1] !== undefined)) return undefined;
    return { timestamp, value: number, dimensions: Object.fromEntries(found) };
  };
  return {
    datumOfMatch,
    datum(event, timestamp) {
      if (pattern.matchesEvent(event)) return datumOfMatch(event, timestamp);
      return defaultValue === undefined ? undefined : { timestamp, value: defaultValue };
    },
  };
}

function check(pattern: FilterPattern, transformation: MetricTransformation): void {
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions = {} } = transformation;
  const count = Object.keys(dimensions).length;
  if (!/^[^:*$]+$/.test(metricName) || metricName.length > LIMITS.name) {
    refuse(`metric name must be 1 to ${LIMITS.name} characters without ':', '*' and '$', got '${metricName}'`);
  }
  if (!/^[^*$]+$/.test(metricNamespace) || metricNamespace.length > LIMITS.name) {
    refuse(`metric namespace must be 1 to ${LIMITS.name} characters without '*' and '$', got '${metricNamespace}'`);
  }
  if (metricValue.length > LIMITS.value) refuse(`metric value must be at most ${LIMITS.value} characters`);
  if (count > LIMITS.dimensions) refuse(`a metric must have at most ${LIMITS.dimensions} dimensions, got ${count}`);
  if (count > 0 && defaultValue !== undefined) {
    refuse("dimensions and default value are mutually exclusive properties");
  }
  if (count > 0 && pattern.syntax.kind === "terms") refuse("dimensions need a JSON or a space-delimited pattern");
}

function compileValue(pattern: FilterPattern, value: string): (event: ParsedEvent) => number | undefined {
  if (NUMBER.test(value)) {
    const number = Number(value);
    return () => number;
  }
  const text = compileText(pattern, value, `metric value ${value} must be a valid number`);
  return (event) => {
    const found = text(event);
    return found !== undefined && NUMBER.test(found) ? Number(found) : undefined;
  };
}

/** Finds a string or a number in an event. The selector need not be in the pattern. */
function compileText(
  pattern: FilterPattern,
  selector: string,
  refusal: string,
): (event: ParsedEvent) => string | undefined {
  if (/^\$[A-Za-z0-9_-]+$/.test(selector)) {
    if (pattern.syntax.kind !== "delimited") return () => undefined;
    return (event) => pattern.extract(event.message)?.[selector];
  }
  const steps = parsePath(selector, refusal);
  return (event) => {
    const found = event.json === undefined ? undefined : valueAt(event.json, steps);
    return found === undefined ? undefined : textOf(found);
  };
}

function parsePath(selector: string, refusal: string): ReturnType<typeof parseSelector> {
  try {
    const lexer = new Lexer(selector);
    const steps = parseSelector(lexer);
    if (lexer.isAtEnd() && steps.every((step) => step.kind !== "any")) return steps;
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
  }
  return refuse(refusal);
}

function refuse(message: string): never {
  throw new MetricTransformationError(`Invalid metric transformation: ${message}`);
}
