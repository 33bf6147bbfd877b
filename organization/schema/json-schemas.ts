import { z } from "zod";
import { accountFile, organizationFile } from "./schema";

/** JSON Schemas for editors, by file name; generated from the definitions that the loader validates with. */
export function jsonSchemas(): Record<string, string> {
  return {
    "organization.schema.json": jsonSchema("Trailwatch organization", organizationFile),
    "account.schema.json": jsonSchema("Trailwatch account", accountFile),
  };
}

function jsonSchema(title: string, schema: z.ZodObject): string {
  // Editors support draft 7 best for YAML; "input" leaves settings with a default optional.
  const document = z.toJSONSchema(schema.meta({ title }), { io: "input", target: "draft-7" });
  return `${JSON.stringify(document, null, 2)}\n`;
}
