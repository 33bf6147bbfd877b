import { EventPatternError } from "./event-pattern-error";
import type { LeafMatcher } from "./string-matchers";

/** Source: EventBridge User Guide, numeric matching. */
const MAX_NUMBER = 5e9;

const COMPARISONS = new Map<unknown, (value: number, bound: number) => boolean>([
  ["=", (value, bound) => value === bound],
  [">", (value, bound) => value > bound],
  [">=", (value, bound) => value >= bound],
  ["<", (value, bound) => value < bound],
  ["<=", (value, bound) => value <= bound],
]);

/** Compiles `["=", 5]`, `[">", 0]` or a range from below, `[">", 0, "<=", 5]`. */
export function compileNumeric(operand: unknown, path: string): LeafMatcher {
  const refuse = (message: string): never => {
    throw new EventPatternError(`'numeric' must ${message}`, path);
  };
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return refuse("be an operator and a number, or two of each");
  }
  const members: readonly unknown[] = operand;
  const tests = [0, 2].slice(0, members.length / 2).map((at) => {
    const [operator, bound] = members.slice(at, at + 2);
    const compares = COMPARISONS.get(operator);
    if (compares === undefined) return refuse(`compare with =, <, <=, > or >=, got '${String(operator)}'`);
    if (typeof bound !== "number" || Math.abs(bound) > MAX_NUMBER) {
      return refuse(`compare with numbers from -5e9 to 5e9, got '${String(bound)}'`);
    }
    return (value: number): boolean => compares(value, bound);
  });
  if (members.length === 4) checkRange(members, refuse);
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function checkRange([lower, bottom, upper, top]: readonly unknown[], refuse: (message: string) => never): void {
  if (!(lower === ">" || lower === ">=") || !(upper === "<" || upper === "<=")) {
    refuse("name a range from below, as in ['>', 0, '<=', 5]");
  }
  if (Number(bottom) >= Number(top)) refuse(`have its lower bound below the upper, got '${String(bottom)}'`);
}
