import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ignoredFiles, ignoredFilesWarning } from "../../../organization/yaml/ignored-files";
import { MEMBER, accountsFolder } from "../accounts-folder";

const IGNORED = [
  "payments.YAML",
  "payments.Yml",
  "payments.yaml.txt",
  "payments.yaml~",
  "payments.yaml.bak",
  "payments.json",
  "payments",
  "#payments.yaml#",
  "organization.yml",
  "organization.YAML",
  "license-server.YAML",
  "readme-account.YML",
  "payments.yaml.md",
];

test("files that are not read are listed, sorted", () => {
  const folder = accountsFolder(Object.fromEntries(IGNORED.map((name) => [name, MEMBER])));
  expect(ignoredFiles(folder)).toEqual([...IGNORED].sort());
  expect(ignoredFilesWarning(folder)).toEqual([
    expect.stringMatching(
      /^warning: '.+' must hold files that are read, got '#payments.yaml#', 'license-server.YAML', /,
    ),
  ]);
});

test("folders are named as far as there is YAML in them, at any depth", () => {
  const folder = accountsFolder({
    "production/payments.yaml": MEMBER,
    "old/2025/zoo.YML": MEMBER,
    "notes/todo.txt": "",
    ".git/hooks.yaml": "",
  });
  mkdirSync(join(folder, "empty"));
  expect(ignoredFiles(folder)).toEqual(["old/", "production/"]);
});

test("expected files cause no warning", () => {
  const folder = accountsFolder({
    "payments.yml": MEMBER,
    ".payments.yaml": MEMBER,
    ".payments.yaml.swp": "",
    "account.schema.json": "{}",
    "README.md": "",
    README: "",
    "NOTES.md": "",
  });
  expect(ignoredFilesWarning(folder)).toEqual([]);
});

test("a link to a file is read or ignored by its name", () => {
  const folder = accountsFolder();
  writeFileSync(join(folder, ".hidden"), MEMBER);
  symlinkSync(".hidden", join(folder, "linked.yaml"));
  symlinkSync(".hidden", join(folder, "linked.txt"));
  expect(ignoredFiles(folder)).toEqual(["linked.txt"]);
});

test("a link to a folder hides what the folder does, and one that leads nowhere is a file", () => {
  const folder = accountsFolder({ "../team/payments.yaml": MEMBER });
  const empty = accountsFolder({ "../notes/todo.txt": "" });
  symlinkSync(join(folder, "../team"), join(folder, "team"));
  symlinkSync(join(empty, "../notes"), join(folder, "notes"));
  symlinkSync("loop", join(folder, "loop"));
  symlinkSync("nowhere", join(folder, "dangling"));
  expect(ignoredFiles(folder)).toEqual(["dangling", "loop", "team/"]);
});

test("a name is shown on one line, whatever it contains", () => {
  const [warning] = ignoredFilesWarning(accountsFolder({ "pay\nments\u202e.YAML ": MEMBER }));
  expect(warning).toContain("got 'pay\\nments\\u{202e}.YAML ', which");
});

test("many names are counted", () => {
  const many = Array.from({ length: 18 }, (_, index) => [`a${String(index + 10)}.txt`, ""] as const);
  const [warning] = ignoredFilesWarning(accountsFolder(Object.fromEntries(many)));
  expect(warning).toContain("'a25.txt' and 2 more, which are not");
});

test("a missing folder causes no warning: reading it reports an error", () => {
  expect(ignoredFiles("/no/such/folder")).toEqual([]);
});
