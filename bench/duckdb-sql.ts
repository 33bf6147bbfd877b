import { compileFilterPattern } from "../signals";
import type { JsonClause, JsonExpression } from "../lib/patterns/filter-pattern/json-syntax";
import type { Operand } from "../lib/patterns/filter-pattern/operand";
import { standardRegex, TEXT_ENDS } from "../lib/patterns/filter-pattern/regex-text";
import { printSelector } from "../lib/patterns/filter-pattern/selector";

/** A detection's filters: a record that any of them matches counts once. */
export interface CountedDetection {
  readonly id: string;
  readonly patterns: readonly string[];
}

/**
 * SQL that counts what detections match in files like CloudTrail's, a column each. Every field is extracted once, as
 * DuckDB would otherwise parse a record for each clause.
 */
export function countingSql(glob: string, detections: readonly CountedDetection[]): string {
  const fields: string[] = [];
  const counts = detections.map(({ id, patterns }) => {
    const conditions = patterns.map((pattern) => conditionOf(expressionOf(pattern), fields));
    return `count(*) FILTER (WHERE ${conditions.map((each) => `(${each})`).join(" OR ")}) AS "${id}"`;
  });
  const columns = fields.map((field, index) => `json_extract_string(r, '${quoted(field)}') AS f${index}`);
  return (
    `SELECT count(*) AS records, ${counts.join(", ")} FROM (SELECT ${["1 AS one", ...columns].join(", ")} FROM ` +
    `(SELECT unnest(Records) AS r FROM read_json('${quoted(glob)}', columns = {Records: 'JSON[]'})))`
  );
}

function expressionOf(pattern: string): JsonExpression {
  const { syntax } = compileFilterPattern(pattern);
  if (syntax.kind === "json") return syntax.expression;
  throw new Error(`no SQL for '${pattern}'`);
}

function conditionOf(expression: JsonExpression, fields: string[]): string {
  if (expression.kind === "clause") return clauseSql(expression, fields);
  return `(${expression.parts.map((part) => conditionOf(part, fields)).join(expression.kind === "and" ? " AND " : " OR ")})`;
}

function clauseSql({ selector, test }: JsonClause, fields: string[]): string {
  const path = printSelector(selector);
  if (!fields.includes(path)) fields.push(path);
  const column = `f${fields.indexOf(path)}`;
  if (test.kind === "notExists") return `${column} IS NULL`;
  // With [*] a path selects a list.
  const sql = path.includes("[*]")
    ? `len(list_filter(${column}, v -> ${valueSql("v", test)})) > 0`
    : valueSql(column, test);
  return `coalesce(${sql}, false)`;
}

function valueSql(value: string, test: Exclude<JsonClause["test"], { kind: "notExists" }>): string {
  if (test.kind === "is") return test.value === null ? "false" : `${value} = '${String(test.value)}'`;
  const { operator, operand } = test.comparison;
  // An object or a list, which DuckDB gives as its JSON, is not a value that differs.
  if (operator === "!=") return `${equalitySql(value, "NOT ", operand)} AND left(${value}, 1) NOT IN ('{', '[')`;
  return operator === "="
    ? equalitySql(value, "", operand)
    : `try_cast(${value} AS DOUBLE) ${operator} ${operand.kind === "number" ? operand.value : 0}`;
}

function equalitySql(value: string, not: string, operand: Operand): string {
  if (operand.kind !== "regex") return `${value} ${not}${likeSql(operand)}`;
  return `${not}regexp_matches(${value}, '${quoted(standardRegex(operand.source, TEXT_ENDS))}')`;
}

function likeSql(operand: Exclude<Operand, { kind: "regex" }>): string {
  const text = quoted(operand.text.replace(/[%_\\]/g, "\\$&").replaceAll("*", "%"));
  return operand.text.includes("*") ? `LIKE '${text}' ESCAPE '\\'` : `IN ('${quoted(operand.text)}')`;
}

function quoted(text: string): string {
  return text.replaceAll("'", "''");
}
