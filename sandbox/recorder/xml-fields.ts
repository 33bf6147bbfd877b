import { parseXML } from "@aws-sdk/xml-builder";
import { fieldsOf, isFields, type Fields } from "./fields";
import { typed } from "./query-input";

/** The fields of an XML document's root, under their own names; empty when it is not XML. */
export function xmlFields(document: Buffer): Fields {
  try {
    const [root] = Object.values(fieldsOf(parseXML(document.toString("utf8"))));
    return fieldsOf(withTypes("", root));
  } catch {
    // An empty answer, or the body of an object.
    return {};
  }
}

/**
 * The output of a call in the Query protocol: the content of `<CreateTopicResult>`, with its lists and maps converted.
 */
export function queryOutput(document: Buffer): Fields {
  const root = xmlFields(document);
  const result = Object.keys(root).find((name) => name.endsWith("Result"));
  return fieldsOf(unwrapped(result === undefined ? {} : root[result]));
}

/** Lists are wrapped in `<member>`, maps in `<entry>`. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isFields(value)) return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === "member") return listOf(value["member"]).map(unwrapped);
  if (names.length === 1 && names[0] === "entry") {
    return Object.fromEntries(
      listOf(value["entry"])
        .map(fieldsOf)
        .map((entry) => [entry["key"], entry["value"]]),
    );
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unwrapped(inner)]));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function withTypes(name: string, value: unknown): unknown {
  if (typeof value === "string") return typed(name, value);
  if (Array.isArray(value)) return value.map((each) => withTypes(name, each));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, withTypes(inner, each)]));
}
