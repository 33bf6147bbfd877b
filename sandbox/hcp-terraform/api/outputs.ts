import { z } from "zod";
import { checked, type ResourceObject } from "../json-api";
import type { Output } from "../records";
import { unguessableName } from "../store";

const described = z.record(
  z.string(),
  z.object({ value: z.unknown(), type: z.unknown(), sensitive: z.boolean().default(false) }),
);

/** Reads outputs as Terraform describes them: JSON in base64. Source: Terraform, "JSON output format", values. */
export function outputsSent(base64: string | undefined): Output[] {
  if (base64 === undefined) return [];
  const outputs = checked(described, JSON.parse(Buffer.from(base64, "base64").toString("utf8")));
  return Object.entries(outputs).map(([name, { value, type, sensitive }]) => ({
    ...{ id: `wsout-${unguessableName().slice(0, 16)}`, name, sensitive },
    ...{ value: value ?? null, type },
  }));
}

/** An output as the API returns it. In lists, sensitive values are left out. */
export function outputDocument(
  { id, name, sensitive, value, type }: Output,
  shown: "listed" | "alone",
): ResourceObject {
  const simple = Array.isArray(type) ? (type[0] === "object" || type[0] === "map" ? "object" : "array") : type;
  return {
    ...{ id, type: "state-version-outputs" },
    attributes: {
      ...{ name, sensitive, type: simple, "detailed-type": type },
      value: sensitive && shown === "listed" ? null : value,
    },
  };
}
