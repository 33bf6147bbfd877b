import { isFields, type Fields } from "./fields";

/** Members that are maps: their keys come from the caller, and stay unchanged. */
const MAPS = new Set(["encryptionContext", "encryptionContextSubset", "attributes", "tags", "variables"]);

/**
 * Parameters and response elements in CloudTrail's spelling: names start with a lower-case letter, and dates are text.
 */
export function spelled(value: unknown): unknown {
  if (value instanceof Date) return dateInWords(value);
  if (Array.isArray(value)) return value.map(spelled);
  return isFields(value) ? spelledFields(value) : value;
}

function spelledFields(fields: Fields): Fields {
  return Object.fromEntries(
    // moto returns null where AWS omits the field.
    Object.entries(fields)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([wireName, value]) => {
        const name = withSmallFirstLetter(wireName);
        if (MAPS.has(name) && isFields(value)) return [name, value];
        return [name, isDate(name, value) ? dateInWords(value) : spelled(value)];
      }),
  );
}

/** Only the first letter: `ARN` is `aRN` in real records. */
function withSmallFirstLetter(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Seconds since 1970 (JSON) or ISO 8601 (XML); CloudWatch Logs' milliseconds stay numbers, as in real records. */
function isDate(name: string, value: unknown): value is number | string {
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
  return typeof value === "number" && /(date|time|timestamp|expiration)$/i.test(name) && value > 1e9 && value < 1e11;
}

const IN_WORDS = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/** `Jul 10, 2023, 12:07:59 PM` */
function dateInWords(date: Date | number | string): string {
  const words = IN_WORDS.format(typeof date === "number" ? new Date(date * 1000) : new Date(date));
  // Node's ICU puts a narrow space before AM and PM.
  return words.replace("\u202f", " ");
}
