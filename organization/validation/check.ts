import { REGIONS, partitionOf } from "../../lib/aws/partitions";
import { z } from "zod";
import type { Problem } from "./problem";
import { alteredTexts, reservedTexts } from "./reserved-text";
import { ruleText } from "./rule-text";
import { closest, didYouMean } from "../../lib/support/did-you-mean";
import { type YamlFile, pathText } from "../yaml/yaml-file";

/** organization.yaml has no more settings than this; there are many more detections. */
const MOST_NAMES = 16;

/** A file validated against its schema. */
export interface Checked<T> {
  readonly file: YamlFile;
  /** The file's content, defaults included; undefined when any setting is wrong. */
  readonly complete: T | undefined;
  /** The valid top-level settings: rules across files evaluate these even when others are wrong. */
  readonly valid: Partial<T>;
  readonly problems: readonly Problem[];
}

/** Whether a top-level setting is valid, which includes an optional setting that is absent. */
export function isKnown<T>({ complete, valid }: Checked<T>, key: keyof T): boolean {
  return complete !== undefined || key in valid;
}

/** Validates a file against its schema and finds every problem in it. */
export function check<Schema extends z.ZodObject>(schema: Schema, file: YamlFile): Checked<z.output<Schema>> {
  if (!file.intact) return { file, complete: undefined, valid: {}, problems: file.problems };
  if (file.data === null) {
    return { file, complete: undefined, valid: {}, problems: [file.problem([], "not be empty")] };
  }

  const reserved = reservedTexts(file);
  if (reserved.length > 0) return { file, complete: undefined, valid: {}, problems: [...file.problems, ...reserved] };

  // zod lists the unknown keys of a map but not the known ones, which the hints need.
  const knownKeys = new Map<string, readonly string[]>();
  const result = schema.safeParse(file.data, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject) {
        knownKeys.set(pathText(issue.path ?? []), Object.keys(issue.inst.shape));
      }
      return ruleText(issue);
    },
  });
  const altered = alteredTexts(file);
  if (result.success) {
    const complete = altered.length === 0 ? result.data : undefined;
    return { file, complete, valid: result.data, problems: [...file.problems, ...altered] };
  }

  const misspelt = new Set<string>();
  const problems = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [valueProblem(issue, file)];
    const known = knownKeys.get(pathText(issue.path)) ?? [];
    return issue.keys.map((key) => {
      const meant = closest(key, known);
      if (meant !== undefined) misspelt.add(pathText([...issue.path, meant]));
      const hint = meant === undefined ? `known here: ${some(known)}` : `did you mean '${meant}'?`;
      return file.problem([...issue.path, key], issue.message, { hint, atKey: true });
    });
  });
  return {
    file,
    complete: undefined,
    valid: validSettings(schema, file.data, misspelt),
    // A misspelt setting is not also reported as missing.
    problems: [
      ...file.problems,
      ...problems.filter(({ property, value }) => value !== undefined || !misspelt.has(property)),
      ...altered.filter(({ property }) => !problems.some((problem) => problem.property === property)),
    ],
  };
}

/** Limits the list to a readable number of names. */
function some(names: readonly string[]): string {
  const further = names.length - MOST_NAMES;
  return further > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${further} more` : names.join(", ");
}

function valueProblem(issue: z.core.$ZodIssue, file: YamlFile): Problem {
  if (issue.code === "custom" && issue.params?.["atKey"] === true) {
    return file.problem(issue.path, issue.message, { atKey: true, value: String(issue.path.at(-1)) });
  }
  const problem = file.problem(issue.path, issue.message);
  const hint = isQuoted(issue, file) ? WITHOUT_QUOTES : didYouMean(problem.value, meant(issue, file, problem.value));
  return hint === undefined ? problem : { ...problem, hint };
}

const WITHOUT_QUOTES = "write it without quotes: YAML reads text there";

/** Whether it would be a valid, or almost valid, number or flag without its quotes. */
function isQuoted(issue: z.core.$ZodIssue, file: YamlFile): boolean {
  const expected = issue.code === "invalid_type" ? issue.expected : undefined;
  const literals = issue.code === "invalid_value" ? issue.values.map((value) => typeof value) : [];
  const text = issue.path.reduce<unknown>(
    (part, key) => (Object(part) as Record<PropertyKey, unknown>)[key],
    file.data,
  );
  if (typeof text !== "string") return false;
  if (expected === "boolean") return /^(true|false)$/.test(text);
  return (expected === "number" || expected === "int" || literals.includes("number")) && /^-?\d+(\.\d+)?$/.test(text);
}

/** What a wrong value may stand for: of regions, those of the home region's partition. */
function meant(issue: z.core.$ZodIssue, file: YamlFile, value = ""): readonly string[] {
  const all = alternatives(issue).map(String);
  if (!REGIONS.every((region, index) => all[index] === region)) return all;
  const { homeRegion } = Object(file.data) as { readonly homeRegion?: unknown };
  const home = REGIONS.find((region) => region === homeRegion) ?? value;
  return all.filter((region) => partitionOf(region) === partitionOf(home));
}

function alternatives(issue: z.core.$ZodIssue): readonly unknown[] {
  if (issue.code === "invalid_value") return issue.values;
  // For a discriminated union; zod's type for the issue does not list them (4.6).
  return "options" in issue && Array.isArray(issue.options) ? issue.options : [];
}

function validSettings<Schema extends z.ZodObject>(
  schema: Schema,
  data: unknown,
  misspelt: ReadonlySet<string>,
): Partial<z.output<Schema>> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return {};
  const settings = new Map<string, unknown>(Object.entries(data));
  const valid = Object.entries(schema.shape).flatMap(([key, field]) => {
    // A default in place of the intended value would only cause further problems.
    if (misspelt.has(key) && !settings.has(key)) return [];
    const result = z.safeParse(field, settings.get(key));
    return result.success ? [[key, result.data]] : [];
  });
  // Each field was parsed by its own schema; the type system does not follow that through `Object.entries`.
  return Object.fromEntries(valid) as Partial<z.output<Schema>>;
}
