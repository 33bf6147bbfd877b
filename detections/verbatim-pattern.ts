import type { ComparisonOperator, Field } from "./condition";
import { ConditionError, type Clause, type NormalForm, type Test } from "./normal-form";

const TOKEN =
  /\s*(?:(\$\.[\w.[\]*-]+)|(NOT EXISTS|IS TRUE|IS FALSE|&&|\|\||!=|[<>]=?|[=()])|"((?:[^"\\]|\\.)*)"|([\w.*:/@-]+))\s*/y;

interface Token {
  readonly kind: "selector" | "symbol" | "text" | "word";
  readonly text: string;
}

/**
 * Parses a filter pattern, so that it can be printed in another language. It reads JSON patterns without regular
 * expressions, which is what checkers prescribe and what conditions are compiled to; CloudWatch itself gets the
 * pattern's own bytes.
 *
 * @throws ConditionError for any other pattern
 */
export function formOfPattern(pattern: string): NormalForm {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1];
  if (inner === undefined) throw unreadable(pattern);
  const tokens = tokensOf(inner, pattern);
  const form = alternatives();
  if (tokens.length > 0) throw unreadable(pattern);
  return form;

  function alternatives(): NormalForm {
    return sequence("or", "||", () => sequence("and", "&&", primary));
  }

  function sequence(kind: "and" | "or", separator: string, part: () => NormalForm): NormalForm {
    const first = part();
    const parts = [first];
    while (takes(separator)) parts.push(part());
    const flat = parts.flatMap((each) => (each.kind === kind ? each.parts : [each]));
    return parts.length === 1 ? first : { kind, parts: flat };
  }

  function primary(): NormalForm {
    if (!takes("(")) return clause();
    const group = alternatives();
    if (!takes(")")) throw unreadable(pattern);
    return group;
  }

  function clause(): Clause {
    const selector = tokens.shift();
    const operator = tokens.shift();
    if (selector?.kind !== "selector" || operator?.kind !== "symbol") throw unreadable(pattern);
    return { kind: "clause", field: selector.text.slice("$.".length) as Field, test: test(operator.text) };
  }

  function test(operator: string): Test {
    if (operator === "NOT EXISTS") return { kind: "absent" };
    if (operator.startsWith("IS ")) return { kind: "boolean", value: operator === "IS TRUE" };
    const operand = tokens.shift();
    if (operand === undefined || (operand.kind !== "text" && operand.kind !== "word")) throw unreadable(pattern);
    if (operator === "=") return { kind: "text", wildcard: operand.text };
    if (operator === "!=") return { kind: "notText", wildcard: operand.text };
    return { kind: "compare", operator: operator as ComparisonOperator, value: Number(operand.text) };
  }

  function takes(symbol: string): boolean {
    const [next] = tokens;
    if (next?.kind !== "symbol" || next.text !== symbol) return false;
    tokens.shift();
    return true;
  }
}

function tokensOf(text: string, pattern: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw unreadable(pattern);
    const [, selector, symbol, quoted, word] = match;
    if (selector !== undefined) tokens.push({ kind: "selector", text: selector });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", text: symbol });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replace(/\\(.)/g, "$1") });
    else tokens.push({ kind: "word", text: word ?? "" });
  }
  return tokens;
}

function unreadable(pattern: string): ConditionError {
  return new ConditionError(`a frozen pattern must be a JSON pattern without regular expressions, got '${pattern}'`);
}
