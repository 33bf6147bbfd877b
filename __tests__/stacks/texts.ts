// Where in files of accounts/, and in their schemas, texts are.

export type Step = string | number;

/** A text in a file of accounts/. */
export interface Leaf {
  readonly path: readonly Step[];
  /** Whether the text is a key of a map. */
  readonly isKey: boolean;
}

/** Maps whose keys are anything; of others, the keys are settings. */
const MAPS = ["tags", "accountTags"];

/** All texts below a value, keys of maps too. */
export function leavesOf(value: unknown, path: readonly Step[] = []): Leaf[] {
  if (typeof value === "string") return [{ path, isKey: false }];
  if (typeof value !== "object" || value === null) return [];
  const isMap = MAPS.includes(String(path.at(-1)));
  return Object.entries(value).flatMap(([key, part]) => {
    const below = [...path, Array.isArray(value) ? Number(key) : key];
    return [...(isMap ? [{ path: below, isKey: true }] : []), ...leavesOf(part, below)];
  });
}

/** What is read of a JSON schema. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
}

/** Paths of all texts that a schema has. */
export function textsOfSchema(root: JsonSchema): Set<string> {
  const found = new Set<string>();
  const visit = (schema: JsonSchema, path: readonly Step[]): void => {
    const named = schema.$ref === undefined ? undefined : root.definitions?.[schema.$ref.split("/").at(-1) ?? ""];
    if (named !== undefined) visit(named, path);
    if (schema.type === "string" && schema.enum === undefined && schema.const === undefined) found.add(patternOf(path));
    for (const part of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) visit(part, path);
    for (const [key, part] of Object.entries(schema.properties ?? {})) visit(part, [...path, key]);
    if (schema.items !== undefined) visit(schema.items, [...path, 0]);
    if (typeof schema.additionalProperties === "object") visit(schema.additionalProperties, [...path, "any"]);
  };
  visit(root, []);
  return found;
}

/** A path without indexes, keys of maps and names of detections. */
export function patternOf(path: readonly Step[]): string {
  return path
    .map((step, index) => {
      const above = path[index - 1];
      if (typeof step === "number") return "[]";
      return above === "detections" || MAPS.includes(String(above)) ? "*" : step;
    })
    .join(".");
}
