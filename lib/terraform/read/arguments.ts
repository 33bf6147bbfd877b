import { isRecord } from "../../support/is-record";
import { textOfTemplate } from "../template";

/** Arguments of a block of Terraform JSON, in its own (snake_case) spelling; texts are Terraform's templates. */
export type Arguments = Readonly<Record<string, unknown>>;

export function isArguments(value: unknown): value is Arguments {
  return isRecord(value);
}

/** Nested blocks of a kind: Terraform JSON writes one as an object, several as a list. */
export function blocksOf(block: Arguments, name: string): readonly Arguments[] {
  const value = block[name];
  return (Array.isArray(value) ? value : [value]).filter(isArguments);
}

/** A text as AWS receives it; references in it stay as they are. */
export function textOfArgument(block: Arguments, name: string): string | undefined {
  const template = templateOfArgument(block, name);
  return template === undefined ? undefined : textOfTemplate(template);
}

/** A text as in Terraform JSON, for callers that resolve its references. */
export function templateOfArgument(block: Arguments, name: string): string | undefined {
  const value = block[name];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}

/** Texts as AWS receives them; references in them stay as they are. */
export function textsOf(block: Arguments, name: string): readonly string[] {
  return templatesOfArgument(block, name).map(textOfTemplate);
}

/** Texts as in Terraform JSON, for callers that resolve their references. */
export function templatesOfArgument(block: Arguments, name: string): readonly string[] {
  const value = block[name];
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

/** A number; Terraform also accepts it in quotes. */
export function numberOfArgument(block: Arguments, name: string): number | undefined {
  const text = textOfArgument(block, name);
  return text === undefined || text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}

export function flagOf(block: Arguments, name: string, otherwise: boolean): boolean {
  const value = block[name];
  if (typeof value === "boolean") return value;
  return typeof value === "string" ? value === "true" : otherwise;
}

/** A map of texts, such as a metric's dimensions. */
export function textMapOf(block: Arguments, name: string): Readonly<Record<string, string>> | undefined {
  const value = block[name];
  if (!isArguments(value)) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([key, text]) => [textOfTemplate(key), textOfTemplate(text)]));
}
