/** The version in which `${…}` is a variable; in the earlier one, it is text. */
const VERSION_WITH_VARIABLES = "2012-10-17";
const VARIABLE = /\$\{([^}]*)\}/g;
/** The elements that may have variables, as far as a policy that is attached to a resource or an identity has them. */
const ELEMENTS = ["Resource", "NotResource", "Condition"] as const;

/**
 * A statement with the values of a request in place of its policy variables, such as `${aws:SourceAccount}`.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 *
 * @param version the `Version` of the statement's document
 * @param valuesOf values of a condition key; empty: the request lacks it
 * @returns undefined where a variable has no value, or one that would be read as a wildcard or is not a single one, or
 * where it is a default value or an escaped character, such as `${*}`
 */
export function withoutVariables(
  statement: Readonly<Record<string, unknown>>,
  version: unknown,
  valuesOf: (key: string) => readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (version !== VERSION_WITH_VARIABLES) return statement;
  let result = statement;
  for (const element of ELEMENTS) {
    const text = JSON.stringify(statement[element]) as string | undefined;
    if (text?.includes("${") !== true) continue;
    const keys = [...text.matchAll(VARIABLE)].map(([, key = ""]) => key);
    if (!keys.every((key) => isPlain(valuesOf(key)))) return undefined;
    const written = text.replace(VARIABLE, (_, key: string) => JSON.stringify(valuesOf(key)[0]).slice(1, -1));
    result = { ...result, [element]: JSON.parse(written) as unknown };
  }
  return result;
}

function isPlain([value, ...others]: readonly string[]): boolean {
  return value !== undefined && others.length === 0 && !/[*?]/.test(value);
}
