import { withAccounts } from "../../../signals";
import { readDeployment } from "../../../signals/deployment/read-deployment";
import { ACCOUNT, folderOf, stackWith } from "./terraform-folder";

const deployment = readDeployment(folderOf({ "main.tf.json": stackWith() }));

test("adds accounts that nothing is deployed to, and calls all as the organization does", () => {
  const { accounts } = withAccounts(deployment, [
    { id: "444444444444", name: "quiet" },
    { id: ACCOUNT, name: "renamed" },
  ]);
  expect(accounts.map(({ id, name, alarms }) => [id, name, alarms.length])).toEqual([
    [ACCOUNT, "renamed", 1],
    ["444444444444", "quiet", 0],
  ]);
});

test("leaves what is deployed to others as it is", () => {
  expect(withAccounts(deployment, [])).toEqual(deployment);
});
