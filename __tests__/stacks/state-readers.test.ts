import { readersByWorkspace } from "../../stacks/state-readers";

const reads = (...names: string[]) => ({
  data: {
    terraform_remote_state: Object.fromEntries(
      names.map((name, index) => [
        `reference-${index}`,
        { backend: "remote", config: { organization: "example-org", workspaces: { name } } },
      ]),
    ),
  },
});

test("names the readers of each workspace, sorted and once", () => {
  const readers = readersByWorkspace([
    ["payments", reads("trailwatch-log-archive", "trailwatch-log-archive")],
    ["organization-trail", reads("trailwatch-log-archive", "trailwatch-hub")],
  ]);
  expect(Object.fromEntries(readers)).toEqual({
    "trailwatch-hub": ["organization-trail"],
    "trailwatch-log-archive": ["organization-trail", "payments"],
  });
});

test("ignores everything else: no data, other data, state elsewhere", () => {
  const inS3 = { data: { terraform_remote_state: { reference: { backend: "s3", config: { bucket: "example" } } } } };
  expect(
    readersByWorkspace([
      ["a", {}],
      ["b", { data: { aws_region: {} } }],
      ["c", inS3],
    ]).size,
  ).toBe(0);
});
