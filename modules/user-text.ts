import { Lazy, TerraformDataSource, TerraformOutput, TerraformProvider, TerraformResource } from "cdktf";
import { isTemplate, templateOf } from "../lib/terraform/template";

/** Text for Terraform to evaluate, including `${…}`. Every other text in an argument is written as plain text. */
export function terraformTemplate(template: string): string {
  return Lazy.stringValue({ produce: () => template });
}

/** The form of a cdktf 0.21 token within text. Source: cdktf/lib/tokens/private/encoding.js. */
const TOKEN = "${TfToken[";
const DOLLARS_BEFORE_TOKEN = /\$+(?=\$\{TfToken\[)/g;
const TOKENS = /(\$\{TfToken\[[\w:.-]+\]\})/;

/** Marks what `writeTextAsText` has changed, whichever copy of this code did. */
const MARK = Symbol.for("trailwatch writes text as text");

/**
 * Makes cdktf write text as text: `${` and `%{` in an argument, or in the key of a map, are escaped, whichever setting
 * they come from and whatever pattern, policy or query contains them. Terraform evaluates only tokens, which cdktf
 * makes of references and `terraformTemplate` of expressions. The escape cannot happen where settings are read: the
 * code that compiles, compares and measures them needs the text itself. Backends are excluded, because Terraform reads
 * their arguments without evaluating them.
 */
export function writeTextAsText(): void {
  if (MARK in TerraformResource.prototype) return;
  Object.defineProperty(TerraformResource.prototype, MARK, { value: true });
  for (const kind of [TerraformResource, TerraformDataSource, TerraformProvider, TerraformOutput]) {
    const prototype: { toTerraform: () => unknown } = kind.prototype;
    prototype.toTerraform = escaping(prototype.toTerraform);
  }
}

/** Text for an argument that is never an expression, in an app that does not call `writeTextAsText`. */
export function asWritten(text: string): string {
  return MARK in TerraformResource.prototype ? text : escapedText(text);
}

function escaping(byCdktf: () => unknown): () => unknown {
  return function toTerraform(this: unknown): unknown {
    return escaped(byCdktf.call(this));
  };
}

/**
 * Returns the same value unless something must be escaped. Anything other than data, such as a token, resolves itself
 * later.
 */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return escapedText(value);
  if (Array.isArray(value)) {
    const parts = value.map(escaped);
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype || "resolve" in value) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(given);
  const parts = keys.map((key) => escaped(given[key]));
  if (keys.every((key, index) => parts[index] === given[key] && !isTemplate(key))) return value;
  return Object.fromEntries(keys.map((key, index) => [escapedText(key), parts[index]]));
}

function escapedText(text: string): string {
  if (!isTemplate(text)) return text;
  if (!text.includes(TOKEN)) return templateOf(text);
  // Next to tokens, cdktf takes '${' for the beginning of an expression and writes the tokens in it without their own
  // '${}'; and a '$' before a token's '${' would escape that.
  const part = (literal: string): string => {
    if (!isTemplate(literal)) return literal;
    return literal.split("${").map(templateOf).join(terraformTemplate("$${"));
  };
  return text
    .replace(DOLLARS_BEFORE_TOKEN, (dollars) => terraformTemplate(`\${"${dollars}"}`))
    .split(TOKENS)
    .map((piece) => (piece.startsWith(TOKEN) ? piece : part(piece)))
    .join("");
}
