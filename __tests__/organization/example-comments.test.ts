import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadWithSources } from "../../organization/load";

// Settings that the shipped accounts/ shows in comments only.

const FOLDER = "accounts";

/** The folder's files, with the settings in comments of organization.yaml in place of those of the same name. */
function withComments(names: readonly string[]): Map<string, string> {
  const texts = new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]),
  );
  let text = texts.get("organization.yaml") ?? "";
  for (const name of names) {
    const shown = new RegExp(`^# (${name}: .*)$`, "m").exec(text)?.[1] ?? "";
    text = text.replace(new RegExp(`^${name}:.*\n(?:(?: .*)?\n)*`, "m"), "") + `\n${shown}\n`;
  }
  // The existing archive admits no trail of an account.
  const payments = (texts.get("payments.yaml") ?? "")
    .replace("feed: account-trail\n", "")
    .replace(/\bcis, |, cis\b/, "");
  return new Map([...texts, ["organization.yaml", text], ["payments.yaml", payments]]);
}

test("an existing trail and archive, and rules on roles, load as the comments show them", () => {
  const { organization } = loadWithSources(FOLDER, withComments(["trail", "archive", "iam"]));
  expect(organization.trail.existing?.name).toBe("aws-controltower-BaselineCloudTrail");
  expect(organization.archive.existing?.prefix).toBe(organization.id);
  expect(organization.iam).toEqual({
    path: "/security/",
    permissionsBoundary: "CompanyBoundary",
    namePrefix: "company-",
  });
});

test("an existing state bucket loads as the comment shows it", () => {
  const texts = withComments([]);
  const text = texts.get("organization.yaml") ?? "";
  const shown = text
    .replace(/^ {2}bucket: example-org-trailwatch-state\n/m, "")
    .replace("  # existing:", "  existing:");
  const { organization } = loadWithSources(FOLDER, new Map([...texts, ["organization.yaml", shown]]));
  expect(organization.state).toMatchObject({ backend: "s3", existing: { prefix: "security" } });
});
