import { accountsFolder, MEMBER } from "../organization/accounts-folder";
import { folderOf, stackWith, trail } from "../signals/deployment/terraform-folder";
import { commandLine } from "./command-line";

const trailwatch = commandLine();
const deployment = folderOf({ "main.tf.json": stackWith(trail()) });
const records = folderOf({ "a.json": { Records: [] } });

test.each<readonly [string, ...string[]]>([
  ["detections"],
  ["detections", "workloads", "--json"],
  ["replay", records, "--deployment", deployment],
  ["tune", records, "--deployment", deployment],
  ["verify", "--least-privilege"],
  ["verify", "--deployment", "/no/such/folder"],
  ["workspaces"],
])("%s names the files of the accounts folder that are not read", async (...args) => {
  const folder = accountsFolder({ "payments.YAML": MEMBER, "old/zoo.yaml": MEMBER });
  const { stderr } = await trailwatch(...args, "--accounts", folder);
  expect(stderr.match(/^warning: .*got 'old\/', 'payments.YAML', which are not/gm)).toHaveLength(1);
});
