import jsonata from "jsonata";
import { expectedMessage } from "../../../lib/support/failure";
import { isRecord } from "../../../lib/support/is-record";

/** Carries out a task: its resource, such as `arn:aws:states:::sns:publish`, with evaluated arguments. */
export type Task = (resource: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** How an execution ended. */
export interface Execution {
  readonly succeeded: boolean;
  /** Why it failed; otherwise the state that it ended in. */
  readonly reason: string;
}

type State = Readonly<Record<string, unknown>>;

/** Variables by their names, without `$`. */
type Variables = Readonly<Record<string, unknown>>;

/** None of our state machines takes as many steps; an endless loop is ended. */
const MOST_STEPS = 100;
const ERROR = "States.ALL";

/**
 * Runs a state machine in JSONata as Step Functions does, limited to Task, Choice, Pass, Succeed and Fail. Failures are
 * not retried: in the sandbox they would fail again.
 */
export async function runStateMachine(definition: string, input: unknown, task: Task): Promise<Execution> {
  const machine = parsed(definition);
  const states = isRecord(machine) && isRecord(machine["States"]) ? machine["States"] : {};
  let name = isRecord(machine) ? String(machine["StartAt"]) : "";
  let data = input;
  let variables: Variables = {};
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const state = states[name];
    if (!isRecord(state)) return { succeeded: false, reason: `there is no state '${name}'` };
    if (state["Type"] === "Succeed") return { succeeded: true, reason: name };
    if (state["Type"] === "Fail") {
      return { succeeded: false, reason: `${textOf(state, "Error")}: ${textOf(state, "Cause")}` };
    }
    try {
      const given = data;
      data = await take(state, data, task, variables);
      if (state["End"] === true) return { succeeded: true, reason: name };
      name = await nextOf(state, data, variables);
      // Assigned when the state ends: its own expressions do not see them.
      const assigned = await evaluateExpressions(state["Assign"] ?? {}, given, variables);
      if (isRecord(assigned)) variables = { ...variables, ...assigned };
    } catch (error) {
      const caught = listOf(state["Catch"]).find(({ ErrorEquals }) => listed(ErrorEquals).includes(ERROR));
      if (caught === undefined) return { succeeded: false, reason: expectedMessage(error) };
      data =
        caught["Output"] === undefined
          ? { Error: expectedMessage(error) }
          : await evaluateExpressions(caught["Output"], data, variables);
      name = textOf(caught, "Next");
    }
  }
  return { succeeded: false, reason: `it did not finish within ${MOST_STEPS} steps` };
}

function parsed(definition: string): unknown {
  try {
    return JSON.parse(definition);
  } catch (error) {
    throw new Error(`the definition must be JSON, got: ${String(error)}`, { cause: error });
  }
}

/** The output of a state. */
async function take(state: State, input: unknown, task: Task, variables: Variables): Promise<unknown> {
  const { Type, Output } = state;
  if (Type === "Choice") return input;
  if (Type !== "Task" && Type !== "Pass")
    throw new Error(`the sandbox does not support states of type '${String(Type)}'`);
  const args = await evaluateExpressions(state["Arguments"] ?? {}, input, variables);
  const result = Type === "Task" ? await task(textOf(state, "Resource"), isRecord(args) ? args : {}) : input;
  return Output === undefined ? result : evaluateExpressions(Output, input, variables);
}

async function nextOf(state: State, input: unknown, variables: Variables): Promise<string> {
  for (const choice of listOf(state["Choices"])) {
    if ((await evaluateExpressions(choice["Condition"], input, variables)) === true) return textOf(choice, "Next");
  }
  return textOf(state, state["Type"] === "Choice" ? "Default" : "Next");
}

/** Every text of the form `{% expression %}` in a value, evaluated. */
export async function evaluateExpressions(value: unknown, input: unknown, variables: Variables = {}): Promise<unknown> {
  if (!hasExpression(value)) return value;
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => evaluateExpressions(element, input, variables)));
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(
      async ([key, one]) => [key, await evaluateExpressions(one, input, variables)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  const expression = expressionIn(value) ?? "";
  const result = await jsonataResult(expression, { ...variables, states: { input } });
  if (result === undefined) throw queryError(expression, "gives nothing");
  return result;
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

function queryError(expression: string, problem: string, cause?: unknown): Error {
  return new Error(`States.QueryEvaluationError: '${expression}' ${problem}`, { cause });
}

function listOf(value: unknown): State[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(state: State, key: string): string {
  const text = state[key];
  return typeof text === "string" ? text : "";
}
