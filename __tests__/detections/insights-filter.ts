/** The part of Logs Insights' filter language that our queries use, as a function of an event: for tests only. */
export function insightsFilter(query: string): (event: object) => boolean {
  const filter = /^\| filter (.*)$/m.exec(query)?.[1] ?? "";
  const tokens = filter.match(/"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|[\w.@`-]+|!=|[<>]=?|[=()[\],]/g) ?? [];
  let at = 0;
  const result = alternatives();
  if (at < tokens.length) throw new Error(`'${tokens[at] ?? ""}' is left over in ${filter}`);
  return (event) => result(discoveredFields(event));

  function alternatives(): Test {
    const parts = [sequence()];
    while (takes("or")) parts.push(sequence());
    return (event) => parts.some((part) => part(event));
  }

  function sequence(): Test {
    const parts = [primary()];
    while (takes("and")) parts.push(primary());
    return (event) => parts.every((part) => part(event));
  }

  function primary(): Test {
    if (takes("not")) return negated(primary());
    if (takes("ispresent")) {
      expects("(");
      const field = fieldName();
      expects(")");
      return (event) => event.has(field);
    }
    if (!takes("(")) return comparison();
    const group = alternatives();
    expects(")");
    return group;
  }

  function comparison(): Test {
    const field = fieldName();
    const operator = next();
    if (operator === "not") return negated(like(field, next()));
    if (operator === "like") return like(field, operator);
    if (operator !== "in") {
      const operand = next().replace(/^"(.*)"$/, "$1");
      if (operator === "<=") return (event) => event.has(field) && Number(event.get(field)) <= Number(operand);
      if (operator === "<") return (event) => event.has(field) && Number(event.get(field)) < Number(operand);
      if (operator !== "=" && operator !== "!=")
        throw new Error(`'${operator}' must be an operator that is known here`);
      return (event) => event.has(field) && (event.get(field) === operand) === (operator === "=");
    }
    expects("[");
    const values: string[] = [];
    do values.push(next().slice(1, -1));
    while (takes(","));
    expects("]");
    return (event) => values.includes(event.get(field) ?? "");
  }

  function like(field: string, word: string): Test {
    if (word !== "like") throw new Error(`'${word}' must be 'like'`);
    const source = next().slice(1, -1);
    // Code points beyond four digits: JavaScript has them in Unicode mode only, by another escape.
    const pattern = source.includes("\\x{") ? new RegExp(source.replaceAll("\\x{", "\\u{"), "u") : new RegExp(source);
    return (event) => pattern.test(event.get(field) ?? "");
  }

  /** Names with unusual characters are in backticks. */
  function fieldName(): string {
    return next().replaceAll("`", "");
  }

  function next(): string {
    return tokens[at++] ?? "";
  }

  function takes(word: string): boolean {
    if (tokens[at] !== word) return false;
    at += 1;
    return true;
  }

  function expects(word: string): void {
    if (!takes(word)) throw new Error(`'${word}' must follow, got '${tokens[at] ?? ""}' in ${filter}`);
  }
}

type Test = (event: ReadonlyMap<string, string>) => boolean;

function negated(test: Test): Test {
  return (event) => !test(event);
}

/** The fields that Insights discovers: paths with dots, elements of arrays by number, booleans as 1 and 0. */
export function discoveredFields(event: object): Map<string, string> {
  const fields = new Map([["@message", JSON.stringify(event)]]);
  const walk = (value: unknown, path: string): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`);
    } else if (typeof value === "boolean") fields.set(path, value ? "1" : "0");
    else if (typeof value === "string" || typeof value === "number") fields.set(path, String(value));
  };
  walk(event, "");
  return fields;
}
