type KeysToSnakeCase = (object: unknown) => unknown;

/**
 * Caches Terraform's spelling of argument names: cdktf splits each name with four regular expressions, for every
 * resource. Maps with nested levels go to cdktf.
 */
export function spellingOnce(byCdktf: KeysToSnakeCase): KeysToSnakeCase {
  const spellings = new Map<string, string>();
  const spell = (key: string): string => {
    const spelling = spellings.get(key) ?? Object.keys(byCdktf({ [key]: "" }) as object)[0] ?? key;
    spellings.set(key, spelling);
    return spelling;
  };
  return (object) => {
    if (!isFlat(object)) return byCdktf(object);
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [spell(key), value]));
  };
}

/** Maps to scalars and lists of scalars; a token is not one, because it has functions. */
function isFlat(object: unknown): object is Record<string, unknown> {
  if (typeof object !== "object" || object === null || Object.getPrototypeOf(object) !== Object.prototype) return false;
  return Object.values(object).every((value) => (Array.isArray(value) ? value.every(isScalar) : isScalar(value)));
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" && typeof value !== "function";
}
