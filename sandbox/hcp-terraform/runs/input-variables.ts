import { templateOf } from "../../../lib/terraform/template";

/** Terraform reads this file by itself, after all others of its kind. */
export const INPUT_FILE = "zzz-hcp-terraform.auto.tfvars";

interface InputVariable {
  readonly key: string;
  readonly value: string;
  /** The value is an expression of Terraform's language; otherwise it is text. */
  readonly hcl: boolean;
}

/** Input variables in the form of a file of Terraform: of several with one name, the last. */
export function inputVariables(variables: readonly InputVariable[]): string {
  const values = new Map(variables.map(({ key, value, hcl }) => [key, hcl ? value : quoted(value)]));
  return [...values].map(([key, value]) => `${key} = ${value}\n`).join("");
}

/** What JSON escapes, and Terraform's language spells otherwise. */
const ESCAPES: Readonly<Record<string, string>> = { "\\b": "\\u0008", "\\f": "\\u000c" };

/** Text as a string of Terraform's language, without templates. */
function quoted(text: string): string {
  return JSON.stringify(templateOf(text)).replace(/\\./g, (escape) => ESCAPES[escape] ?? escape);
}
