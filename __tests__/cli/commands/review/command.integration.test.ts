import { folderOf } from "../../../signals/deployment/terraform-folder";
import { commandLine } from "../../command-line";

const trailwatch = commandLine();

test("a step without output is reported as missing, and a missing folder is an error", async () => {
  expect((await trailwatch("review", folderOf({}))).stdout).toContain("The stacks could not be compared");
  expect(await trailwatch("review", "no/such/folder")).toMatchObject({
    ...{ stdout: "", code: 1 },
    stderr: "'folder' must be one that exists, got 'no/such/folder'\n",
  });
});

const PLAN = { stack: "a", result: "changes", reason: "", add: 1, change: 0, destroy: 0, replace: 0 };
const STACKS = { waves: [], removed: [], count: 1 };

test.each([
  ["stacks.json", [], "'trailwatch stacks --json' prints it"],
  ["stacks.json", { ...STACKS, count: "1" }, "'trailwatch stacks --json' prints it; 'count'"],
  ["plans.json", { stacks: {} }, "'trailwatch plan --json' prints it; 'stacks'"],
  ["plans.json", { stacks: [PLAN, { ...PLAN, reason: undefined }] }, "prints it; 'stacks.1.reason'"],
])("%s with other content is reported: %j", async (name, content, message) => {
  const { stdout, stderr, code } = await trailwatch("review", folderOf({ "stacks.json": STACKS, [name]: content }));
  expect(stderr).toContain(`${name}' must be as 'trailwatch `);
  expect(stderr).toContain(message);
  expect([stdout, code]).toEqual(["", 1]);
});

test("what commands print is summarized", async () => {
  const { stdout } = await trailwatch("review", folderOf({ "stacks.json": STACKS, "plans.json": { stacks: [PLAN] } }));
  expect(stdout).toContain("1 stack changes: 1 to add");
});
