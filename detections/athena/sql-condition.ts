import { alternativesOf, type TextList } from "../alternatives";
import { ConditionError, type NormalForm, type Test } from "../normal-form";
import { ANY_ACCOUNT, otherAccounts } from "../other-accounts";
import { compileRegex } from "../../lib/patterns/filter-pattern/regex";
import { standardRegex, TEXT_ENDS } from "../../lib/patterns/filter-pattern/regex-text";
import { starMatcher } from "../../lib/support/wildcard";
import { likePattern, literal } from "./literal";
import { ELEMENT, placeOf, type ColumnPlace } from "./place";

/**
 * A condition as SQL of Athena engine version 3 (Trino) over the trail's table. The SQL is true exactly where the
 * predicate and the filter pattern match; elsewhere it is false or NULL, which WHERE and CASE treat alike. So never put
 * NOT before it: negate the condition.
 *
 * Within requestParameters, responseElements, additionalEventData and serviceEventDetails, SQL distinguishes what
 * CloudWatch distinguishes: text and numbers from booleans, and null from absent. All other fields have typed columns,
 * which are assumed to hold what the CloudTrail User Guide says: booleans in readOnly and managementEvent, texts
 * elsewhere, and nothing where there is no value. A null there counts as absent, and a boolean as the text of its name.
 *
 * @param ownAccount the account's id, for a query in which the column `account` holds exactly that id: see `literal`
 * @throws ConditionError for what the table cannot express
 */
export function sqlCondition(form: NormalForm, ownAccount?: string): string {
  switch (form.kind) {
    case "clause":
      return testSql(form.test, placeOf(form.field), ownAccount);
    case "and":
      return sqlParts(form, ownAccount).join(" AND ");
    case "or":
      return alternativesOf(form.parts)
        .map((part) => (part.kind === "texts" ? textsSql(part, ownAccount) : enclosed(part, ownAccount)))
        .join(" OR ");
  }
}

/** The same in parts, all of which must hold. */
export function sqlParts(form: NormalForm, ownAccount?: string): string[] {
  return (form.kind === "and" ? form.parts : [form]).map((part) => enclosed(part, ownAccount));
}

function enclosed(form: NormalForm, ownAccount?: string): string {
  const sql = sqlCondition(form, ownAccount);
  const single = form.kind === "clause" || (form.kind === "or" && alternativesOf(form.parts).length === 1);
  return single ? sql : `(${sql})`;
}

function textsSql({ field, texts }: TextList, ownAccount?: string): string {
  const values = texts.map((text) => literal(text, ownAccount));
  const compared = values.length === 1 ? `= ${values.join("")}` : `IN (${values.join(", ")})`;
  return ofText(
    placeOf(field),
    (sql) => `${sql} ${compared}`,
    (text) => texts.includes(text),
  );
}

/** A condition that no row of the table meets. */
const NEVER = "false";

function testSql(test: Test, place: ColumnPlace, ownAccount?: string): string {
  if (place.kind === "some") return someSql(test, place, ownAccount);
  switch (test.kind) {
    case "text":
    case "notText":
      return wildcardSql(test, place, ownAccount);
    case "regex":
    case "notRegex":
      return regexSql(test, place, ownAccount);
    case "present":
      return ofText(place, isPresent, () => true);
    case "absent":
      return absentSql(place);
    case "boolean":
      if (place.kind === "flag") return `${place.sql} = '${String(test.value)}'`;
      return place.kind === "json" ? `${token(place)} = '${String(test.value)}'` : NEVER;
    case "compare":
      return place.kind === "json" ? `TRY_CAST(${token(place)} AS DOUBLE) ${test.operator} ${test.value}` : NEVER;
  }
}

type One = Exclude<ColumnPlace, { kind: "some" }>;
type Json = Extract<ColumnPlace, { kind: "json" }>;

function wildcardSql(
  { kind, wildcard }: Extract<Test, { kind: "text" | "notText" }>,
  place: One,
  ownAccount?: string,
): string {
  const wanted = kind === "text";
  const isMatch = starMatcher(wildcard);
  const holds = (text: string): boolean => isMatch(text) === wanted;
  if (wanted && /^\*+$/.test(wildcard)) return ofText(place, isPresent, holds);
  const compared = wildcard.includes("*")
    ? `${wanted ? "" : "NOT "}LIKE ${likePattern(wildcard, ownAccount)}`
    : `${wanted ? "=" : "<>"} ${literal(wildcard, ownAccount)}`;
  return ofText(place, (sql) => `${sql} ${compared}`, holds);
}

function regexSql(
  { kind, regex }: Extract<Test, { kind: "regex" | "notRegex" }>,
  place: One,
  ownAccount?: string,
): string {
  const wanted = kind === "regex";
  const isMatch = compileRegex(regex, 0);
  // The id of another account than the column's: SQL can take that one out, a regular expression cannot.
  const isOfOthers = ownAccount !== undefined && regex === otherAccounts(ownAccount);
  const pattern = literal(standardRegex(isOfOthers ? ANY_ACCOUNT : regex, TEXT_ENDS), ownAccount);
  const searched = (sql: string) => (isOfOthers ? `replace(${sql}, ${literal(ownAccount, ownAccount)}, 'x')` : sql);
  const compare = (sql: string): string => `${wanted ? "" : "NOT "}regexp_like(${searched(sql)}, ${pattern})`;
  return ofText(place, compare, (text) => isMatch(text) === wanted);
}

function isPresent(sql: string): string {
  return `${sql} IS NOT NULL`;
}

/** A comparison of a text, or of a number's digits. A boolean must not match, even if its name would. */
function ofText(place: ColumnPlace, compare: (sql: string) => string, holds: (text: string) => boolean): string {
  if (place.kind === "text") return compare(place.sql);
  if (place.kind !== "json") return NEVER;
  const sql = compare(`json_extract_scalar(${place.sql}, '${place.path}')`);
  return holds("true") || holds("false") ? `(${sql} AND ${token(place)} NOT IN ('true', 'false'))` : sql;
}

function absentSql(place: One): string {
  if (place.kind !== "json") return `${place.sql} IS NULL`;
  if (place.path === "$" && place.sql !== ELEMENT) {
    throw new ConditionError(
      `'NOT EXISTS' must ask for a field within '${place.sql}': Athena cannot tell null from none`,
    );
  }
  return `json_extract(${place.sql}, '${place.path}') IS NULL`;
}

/** The value as JSON writes it: text in quotes, a number's digits, `true`, `null`. */
function token({ sql, path }: Json): string {
  return `json_format(json_extract(${sql}, '${path}'))`;
}

/** With [*], some element must meet the test; a field that does not exist means that no element has it. */
function someSql(test: Test, { list, within }: Extract<ColumnPlace, { kind: "some" }>, ownAccount?: string): string {
  if (test.kind !== "absent") {
    return `cardinality(filter(${list}, ${ELEMENT} -> ${testSql(test, within, ownAccount)})) > 0`;
  }
  return `coalesce(cardinality(filter(${list}, ${ELEMENT} -> NOT ${testSql(test, within, ownAccount)})), 0) = 0`;
}
