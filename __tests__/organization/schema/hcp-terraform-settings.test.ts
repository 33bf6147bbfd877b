import { ORGANIZATION, complaints } from "../accounts-folder";

const cloud = (settings: string) =>
  complaints({ "organization.yaml": ORGANIZATION.replace("backend: local", `backend: cloud, ${settings}`) }).map(
    (complaint) => complaint.replace(/ \(at .*/, ""),
  );

const EXAMPLE = "organization: example-org";
const VCS = "repository: example-org/trailwatch, connection: ghain-abc123";

test("an organization is all that state in HCP Terraform needs", () => {
  expect(cloud(EXAMPLE)).toEqual([]);
  expect(cloud("project: security")).toEqual([
    "'state.organization' must be the name of your HCP Terraform organization, got nothing",
  ]);
  expect(cloud("organization: example org")).toEqual([
    "'state.organization' must be the name of your HCP Terraform organization: letters, digits, '-' and '_', got 'example org'",
  ]);
});

test.each([
  [`{ "team:a_b-c": "${"x".repeat(255)}" }`, []],
  [`{ ${"k".repeat(255)}: "" }`, []],
  [
    `{ ${"k".repeat(256)}: a }`,
    [expect.stringContaining("'state.tags' must have keys of 1 to 255 letters, digits or ':_-'")],
  ],
  [`{ k: "${"x".repeat(256)}" }`, [expect.stringContaining("must be at most 255 letters, digits or ':_-'")]],
  [`{ k: "a b" }`, [expect.stringContaining("must be at most 255 letters, digits or ':_-'")]],
])("tags are what HCP Terraform takes (%#)", (tags, expected) => {
  expect(cloud(`${EXAMPLE}, tags: ${tags}`)).toEqual(expected);
});

test("a repository is read by an OAuth token or a GitHub App, named by its id", () => {
  expect(cloud(`${EXAMPLE}, vcs: { ${VCS} }`)).toEqual([]);
  expect(cloud(`${EXAMPLE}, vcs: { repository: a/b, connection: ot-abc }`)).toEqual([]);
  expect(cloud(`${EXAMPLE}, vcs: { repository: trailwatch, connection: ghp_secret }`)).toEqual([
    expect.stringContaining("'state.vcs.repository' must be '<owner>/<name>'"),
    expect.stringContaining("'state.vcs.connection' must be the id of an OAuth token"),
  ]);
});

test("commits start runs on HCP Terraform's machines only", () => {
  expect(cloud(`${EXAMPLE}, executionMode: local`)).toEqual([]);
  expect(cloud(`${EXAMPLE}, executionMode: remote, vcs: { ${VCS} }`)).toEqual([]);
  expect(cloud(`${EXAMPLE}, executionMode: local, vcs: { ${VCS} }`)).toEqual([
    "'state.executionMode' must be remote with state.vcs: commits start runs on HCP Terraform's machines, got 'local'",
  ]);
});
