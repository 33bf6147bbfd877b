import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemas } from "../../../organization/schema/json-schemas";

const ACCOUNTS = join(__dirname, "../../../accounts");
const read = (name: string) => readFileSync(join(ACCOUNTS, name), "utf8");

test.each(Object.entries(jsonSchemas()))("%s is what `npm run schema` writes", (name, text) => {
  expect(read(name)).toBe(text);
});

test.each(readdirSync(ACCOUNTS).filter((name) => name.endsWith(".yaml")))("%s names its schema", (name) => {
  const schema = name === "organization.yaml" ? "organization.schema.json" : "account.schema.json";
  expect(read(name).split("\n")[0]).toBe(`# yaml-language-server: $schema=./${schema}`);
});

test("settings with a default are optional, unknown ones are refused", () => {
  expect(JSON.parse(jsonSchemas()["account.schema.json"] ?? "")).toMatchObject({
    title: "Trailwatch account",
    required: ["name", "id", "role"],
    additionalProperties: false,
  });
});
