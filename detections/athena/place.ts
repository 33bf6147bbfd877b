import { ConditionError, selectorRule } from "../normal-form";
import { TRAIL_FIELDS, type Kind } from "./trail-table";

/**
 * Where the trail's table keeps a field. `object`: neither text nor a number. `json`: at a path of a JSON text or
 * value. `some`: in any element of a list, by the name of ELEMENT.
 */
export type ColumnPlace =
  | { readonly kind: "text" | "flag" | "object"; readonly sql: string }
  | { readonly kind: "json"; readonly sql: string; readonly path: string }
  | { readonly kind: "some"; readonly list: string; readonly within: ColumnPlace };

/** Name of a list element in SQL: a field has at most one [*]. */
export const ELEMENT = "element";

/**
 * Finds a field in the table.
 *
 * @throws ConditionError for a field that the table does not keep
 */
export function placeOf(field: string): ColumnPlace {
  const rule = selectorRule(field, false);
  if (rule !== undefined) throw new ConditionError(`'field' must ${rule}, got '${field}'`);
  const [name = "", ...steps] = field.split(/\.|(?=\[)/);
  const kind = Object.hasOwn(TRAIL_FIELDS, name) ? TRAIL_FIELDS[name] : undefined;
  const place = kind === undefined ? undefined : placeIn(kind, name.toLowerCase(), steps);
  if (place !== undefined) return place;
  throw new ConditionError(`'field' must be one that the trail's table in Athena has, got '${field}'`);
}

function placeIn(kind: Kind, sql: string, steps: readonly string[]): ColumnPlace | undefined {
  if (kind === "json") return placeInJson(sql, steps);
  const [step, ...rest] = steps;
  if (step === undefined) return { kind: kind === "text" || kind === "flag" ? kind : "object", sql };
  if (kind === "text" || kind === "flag") return undefined;
  if (kind === "named-texts") {
    return step.startsWith("[") ? undefined : placeIn("text", `element_at(${sql}, '${step}')`, rest);
  }
  if ("members" in kind) {
    const member = Object.hasOwn(kind.members, step) ? kind.members[step] : undefined;
    return member === undefined ? undefined : placeIn(member, `${sql}.${step.toLowerCase()}`, rest);
  }
  if (!step.startsWith("[")) return undefined;
  // SQL indexes start at 1.
  if (step !== "[*]") return placeIn(kind.elements, `element_at(${sql}, ${Number(step.slice(1, -1)) + 1})`, rest);
  const within = placeIn(kind.elements, ELEMENT, rest);
  return within === undefined ? undefined : { kind: "some", list: sql, within };
}

function placeInJson(sql: string, steps: readonly string[]): ColumnPlace {
  const any = steps.indexOf("[*]");
  if (any < 0) return { kind: "json", sql, path: jsonPath(steps) };
  const value = `json_extract(${sql}, '${jsonPath(steps.slice(0, any))}')`;
  return {
    kind: "some",
    // CloudWatch's [*] also means any value of an object.
    list: `coalesce(TRY_CAST(${value} AS ARRAY(JSON)), map_values(TRY_CAST(${value} AS MAP(VARCHAR, JSON))))`,
    within: { kind: "json", sql: ELEMENT, path: jsonPath(steps.slice(any + 1)) },
  };
}

function jsonPath(steps: readonly string[]): string {
  return `$${steps.map((step) => (step.startsWith("[") ? step : `.${step}`)).join("")}`;
}
