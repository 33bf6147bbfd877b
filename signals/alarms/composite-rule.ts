import { AlarmError } from "./alarm-error";
import type { AlarmState } from "./evaluate-alarm";

/** Source: CloudWatch API, PutCompositeAlarm. The depth is our own limit. */
const LIMITS = { characters: 10_240, children: 100, elements: 500, depth: 500 } as const;

type Rule =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "state"; readonly alarm: string; readonly state: AlarmState }
  | { readonly kind: "not"; readonly rule: Rule }
  | { readonly kind: "and" | "or"; readonly rules: readonly Rule[] };

/**
 * The state of a composite alarm: ALARM where its rule holds, otherwise OK. Children are looked up by the names in the
 * rule; an ARN also by the name at its end. AWS does not document operator precedence: here it is NOT, then AND, then
 * OR.
 *
 * @throws AlarmError for a rule that CloudWatch refuses, or a child without a state
 */
export function evaluateCompositeRule(rule: string, childStates: Readonly<Record<string, AlarmState>>): AlarmState {
  return holds(parseRule(rule), childStates) ? "ALARM" : "OK";
}

/**
 * Names of the alarms that a rule refers to, including those given by ARN.
 *
 * @throws AlarmError for a rule that CloudWatch refuses
 */
export function childrenOfRule(rule: string): ReadonlySet<string> {
  return new Set(alarmsOf(parseRule(rule)).map(nameOfAlarm));
}

function alarmsOf(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case "constant":
      return [];
    case "state":
      return [rule.alarm];
    case "not":
      return alarmsOf(rule.rule);
    case "and":
    case "or":
      return rule.rules.flatMap(alarmsOf);
  }
}

function nameOfAlarm(alarm: string): string {
  return alarm.replace(/^arn:[^:]*:cloudwatch:[^:]*:\d*:alarm:/, "");
}

function holds(rule: Rule, states: Readonly<Record<string, AlarmState>>): boolean {
  switch (rule.kind) {
    case "constant":
      return rule.value;
    case "state":
      return stateOf(rule.alarm, states) === rule.state;
    case "not":
      return !holds(rule.rule, states);
    case "and":
      return rule.rules.every((part) => holds(part, states));
    case "or":
      return rule.rules.some((part) => holds(part, states));
  }
}

function stateOf(alarm: string, states: Readonly<Record<string, AlarmState>>): AlarmState {
  const names = [alarm, nameOfAlarm(alarm)];
  const name = names.find((candidate) => Object.hasOwn(states, candidate));
  const state = name === undefined ? undefined : states[name];
  if (state === undefined)
    throw new AlarmError(`a composite alarm's children must have a state, got none for '${alarm}'`);
  return state;
}

function parseRule(text: string): Rule {
  if (text.length > LIMITS.characters) {
    throw new AlarmError(`a rule must be at most ${LIMITS.characters} characters, got '${text.length}'`);
  }
  return new RuleParser(text).parse();
}

const STATE = /\s*(OK|ALARM|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^"'()]+))\s*\)\s*/y;

class RuleParser {
  private at = 0;
  private depth = 0;
  private elements = 0;
  private readonly children = new Set<string>();

  constructor(private readonly text: string) {}

  parse(): Rule {
    const rule = this.group("or");
    if (this.at < this.text.length) this.fail("AND, OR or the end");
    return rule;
  }

  private group(kind: "and" | "or"): Rule {
    const rules: Rule[] = [];
    do rules.push(kind === "or" ? this.group("and") : this.negation());
    while (this.take(kind === "or" ? /\s*OR(?=[\s(])/y : /\s*AND(?=[\s(])/y));
    const [only] = rules;
    return only !== undefined && rules.length === 1 ? only : { kind, rules };
  }

  private negation(): Rule {
    let negated = false;
    while (this.take(/\s*NOT(?=[\s(])/y)) negated = !negated;
    const rule = this.primary();
    return negated ? { kind: "not", rule } : rule;
  }

  private primary(): Rule {
    this.elements += 1;
    if (this.elements > LIMITS.elements) throw new AlarmError(`a rule must hold at most ${LIMITS.elements} elements`);
    const constant = this.take(/\s*(TRUE|FALSE)(?![^\s)])\s*/y);
    if (constant !== undefined) return { kind: "constant", value: constant[1] === "TRUE" };

    const found = this.take(STATE);
    const name = (found?.[2] ?? found?.[3] ?? found?.[4] ?? "").trim();
    if (found !== undefined && name !== "") return this.child(found[1] as AlarmState, name);

    if (this.take(/\s*\(/y) === undefined) this.fail("ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE or '('");
    this.depth += 1;
    if (this.depth > LIMITS.depth) throw new AlarmError(`a rule must nest at most ${LIMITS.depth} deep`);
    const rule = this.group("or");
    if (this.take(/\s*\)\s*/y) === undefined) this.fail("')'");
    this.depth -= 1;
    return rule;
  }

  private child(state: AlarmState, alarm: string): Rule {
    this.children.add(alarm);
    if (this.children.size > LIMITS.children) {
      throw new AlarmError(`a rule must name at most ${LIMITS.children} alarms`);
    }
    return { kind: "state", alarm, state };
  }

  private take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text) ?? undefined;
    this.at += found?.[0].length ?? 0;
    return found;
  }

  private fail(expected: string): never {
    throw new AlarmError(`a composite alarm's rule must have ${expected} at character ${this.at}, got '${this.text}'`);
  }
}
