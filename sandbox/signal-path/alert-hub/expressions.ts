import jsonata from "jsonata";
import { isRecord } from "../../../lib/support/is-record";
import { ExecutionError } from "./execution-error";

/** Variables by their names, without `$`. */
export type Variables = Readonly<Record<string, unknown>>;

/** Functions that Step Functions has besides those of JSONata. Source: Developer Guide, "Transforming data". */
const FURTHER_FUNCTIONS = { parse: (text: string): unknown => JSON.parse(text) };

/** What `$states` has: the input of a state, and in some of its fields the result, the error and the context. */
export type States = Readonly<
  Record<"input", unknown> & Partial<Record<"result" | "errorOutput" | "context", unknown>>
>;

/** Every text of the form `{% expression %}` in a value, evaluated for a state's input. */
export function evaluateExpressions(value: unknown, input: unknown, variables: Variables = {}): Promise<unknown> {
  return evaluateIn(value, { input }, variables);
}

/** The same in a field where `$states` has more. */
export async function evaluateIn(value: unknown, states: States, variables: Variables): Promise<unknown> {
  if (!hasExpression(value)) return value;
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => evaluateIn(element, states, variables)));
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      async ([key, one]) => [key, await evaluateIn(one, states, variables)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  const expression = expressionIn(value) ?? "";
  const result = await jsonataResult(expression, { ...FURTHER_FUNCTIONS, ...variables, states });
  if (result === undefined) throw queryError(expression, "gives nothing");
  return plain(result);
}

/** JSONata's sequences are arrays with further properties, which comparisons of values would see. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

function expressionIn(value: unknown): string | undefined {
  return typeof value === "string" ? /^\{%(.*)%\}$/s.exec(value)?.[1] : undefined;
}

/** Whether anything in a value must be evaluated; large tables of constants are not copied. */
function hasExpression(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasExpression);
  return isRecord(value) ? Object.values(value).some(hasExpression) : expressionIn(value) !== undefined;
}

/** Parsed expressions of the state machines that ran before: an alarm's message is a long one. */
const parsedExpressions = new Map<string, jsonata.Expression>();
const MOST_PARSED = 100;

function parsedExpression(expression: string): jsonata.Expression {
  const known = parsedExpressions.get(expression);
  if (known !== undefined) return known;
  const one = jsonata(expression);
  if (parsedExpressions.size >= MOST_PARSED) parsedExpressions.clear();
  parsedExpressions.set(expression, one);
  return one;
}

/** JSONata throws objects that are not errors; all of them concern the expression. */
async function jsonataResult(expression: string, bindings: Record<string, unknown>): Promise<unknown> {
  try {
    return (await parsedExpression(expression).evaluate(undefined, bindings)) as unknown;
  } catch (error) {
    const { message } = error as { readonly message?: string };
    throw queryError(expression, `fails: ${message ?? String(error)}`, error);
  }
}

const MOST_SHOWN = 200;

function queryError(expression: string, problem: string, cause?: unknown): Error {
  const shown = expression.length > MOST_SHOWN ? `${expression.slice(0, MOST_SHOWN)}…` : expression;
  return new ExecutionError("States.QueryEvaluationError", `'${shown}' ${problem}`, { cause });
}
