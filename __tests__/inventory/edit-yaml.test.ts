import { parse } from "yaml";
import { editYaml } from "../../inventory/edit-yaml";

const TEXT = `# about the account

name:    payments   # short
role: member        # not more
#   commented: out


secrets: {create: []}
accountTags:
    stage: prod  # since May
    # about cost
    cost: "12"

packs:
- guard   # not indented
`;

test.each([
  ["replaces a value", { path: ["role"], value: "log-archive" }, "role: member ", "role: log-archive "],
  ["replaces within a map", { path: ["accountTags", "cost"], value: "13" }, '"12"', '"13"'],
  ["removes a setting", { path: ["role"], value: undefined }, "role: member        # not more\n", ""],
  ["removes from a map", { path: ["accountTags", "stage"], value: undefined }, "    stage: prod  # since May\n", ""],
  [
    "adds behind a setting and its comment",
    { path: ["organizationalUnit"], value: "A/B: c", after: "role" },
    "# not more\n",
    '# not more\norganizationalUnit: "A/B: c"\n',
  ],
  ["adds to a map, as far indented", { path: ["accountTags", "x"], value: "no" }, '"12"\n', '"12"\n    x: "no"\n'],
])("%s, and no other byte", (_, edit, from, to) => {
  expect(editYaml(TEXT, edit)).toBe(TEXT.replace(from, to));
});

test("removes a whole map, and puts one in its place", () => {
  const without = editYaml(TEXT, { path: ["accountTags"], value: undefined });
  expect(parse(without)).not.toHaveProperty("accountTags");
  expect(without.endsWith("secrets: {create: []}\n\npacks:\n- guard   # not indented\n")).toBe(true);
  const again = editYaml(TEXT, { path: ["accountTags"], value: { a: "1" } });
  expect(again).toContain('create: []}\naccountTags:\n  a: "1"\n\npacks:');
});

test("adds behind the last line, which may lack its end", () => {
  expect(editYaml("role: member", { path: ["a"], value: "b" })).toBe("role: member\na: b\n");
});

test("keeps the line ends of Windows", () => {
  const edit = { path: ["a"], value: { b: "c" }, after: "name" };
  expect(editYaml("name: x\r\nrole: y\r\n", edit)).toBe("name: x\r\na:\r\n  b: c\r\nrole: y\r\n");
});

test.each(["0123", "true", "a\nb", "*", "# no", "", " x", "é: ü", "-"])("text stays text: %j", (value) => {
  expect(parse(editYaml(TEXT, { path: ["role"], value }))).toMatchObject({ role: value });
  expect(parse(editYaml(TEXT, { path: ["accountTags"], value: { [value]: value } }))).toMatchObject({
    accountTags: { [value]: value },
  });
});

test("settings in flow style are changed too, and keep their comments", () => {
  expect(editYaml("# c\n{ name: x, role: y } # d\n", { path: ["role"], value: "z" })).toBe(
    "# c\n{ name: x, role: z } # d\n",
  );
  const edit = { path: ["accountTags", "b"], value: "2" };
  expect(parse(editYaml("accountTags: { a: x }\n", edit))).toEqual({ accountTags: { a: "x", b: "2" } });
});

test("keeps anchors and what refers to them", () => {
  const text = "name: x\nrole: &role member\nfeed: &f event-bus\nother: *f\n";
  expect(editYaml(text, { path: ["a"], value: "b", after: "role" })).toBe(text.replace("feed", "a: b\nfeed"));
});

test("refuses what would change another setting, too", () => {
  const text = "organizationalUnit: &u A\ncopy: *u\n";
  expect(() => editYaml(text, { path: ["organizationalUnit"], value: "B" })).toThrow(
    "'organizationalUnit' must be changed by hand: other settings refer to it",
  );
});

test("other settings in flow style keep the blanks that they are written with", () => {
  const edit = { path: ["archive", "bucket"], value: undefined };
  expect(editYaml("regions: [a, b]\narchive: {bucket: x, days: 3}\n", edit)).toBe(
    "regions: [a, b]\narchive: {days: 3}\n",
  );
  expect(editYaml("regions: [ a, b ]\narchive: { bucket: x, days: 3 }\n", edit)).toBe(
    "regions: [ a, b ]\narchive: { days: 3 }\n",
  );
});
