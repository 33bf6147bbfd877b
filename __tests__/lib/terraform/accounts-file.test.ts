import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readAccountsFile, writeAccountsFile } from "../../../lib/terraform/accounts-file";
import { DeploymentError } from "../../../lib/terraform/read/stack";
import { folderOf } from "../../signals/deployment/terraform-folder";

const ACCOUNTS = [
  { id: "111122223333", name: "management" },
  { id: "444455556666", name: "payments" },
];
const MANIFEST = { "manifest.json": { stacks: {} } };

test("the accounts are read as they were written, ids and names only", () => {
  const folder = folderOf(MANIFEST);
  writeAccountsFile(
    folder,
    ACCOUNTS.map((account) => ({ ...account, feed: "event-bus" })),
  );
  expect(readAccountsFile(folder)).toEqual(ACCOUNTS);
  const text = readFileSync(join(folder, "accounts.json"), "utf8");
  writeAccountsFile(folder, ACCOUNTS);
  expect(readFileSync(join(folder, "accounts.json"), "utf8")).toBe(text);
});

test.each([
  ["output of an older version", folderOf(MANIFEST)],
  ["Terraform without a manifest", folderOf({ "main.tf.json": {}, "accounts.json": ["other"] })],
  ["no such folder", "/no/such/folder"],
])("no accounts are read from %s", (_what, folder) => {
  expect(readAccountsFile(folder)).toBeUndefined();
});

test.each(["{", "{}", [{ id: "111122223333" }], [null]])("%j is rejected", (content) => {
  const folder = folderOf({ ...MANIFEST, "accounts.json": content });
  expect(() => readAccountsFile(folder)).toThrow(DeploymentError);
  expect(() => readAccountsFile(folder)).toThrow("must be a list of accounts with id and name");
});
