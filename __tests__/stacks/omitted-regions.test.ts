import { accountNamed } from "../../organization/organization";
import { AlertHubStack } from "../../stacks/alert-hub-stack";
import { AccountMonitoringStack } from "../../stacks/account-monitoring-stack";
import { OrganizationTrailStack } from "../../stacks/organization-trail-stack";
import { stackPlanOf } from "../../stacks/stack-plan";
import { detectionNamed, only } from "../support/detections";
import { testOrganization, type OrganizationChanges } from "../support/organization";
import { named, synthApp, testApp } from "../support/synth";
import { unwatchedRegionUsed } from "../../detections/packs/organization/unwatched-region-used";

const REASON = "Denied by ${policy}";
const archiveKeyArn = "arn:aws:kms:eu-west-1:222222222222:key/1";

/** The stacks that have resources in the region of global services. */
function synth(changes: OrganizationChanges) {
  const organization = testOrganization({
    alertHub: { account: "log-archive" },
    accounts: { workloads: only("watcher-role-changed"), management: only(unwatchedRegionUsed.id) },
    ...changes,
  });
  const app = testApp();
  new OrganizationTrailStack(app, "trail", { organization, archiveKeyArn });
  const hub = stackPlanOf(organization).alertHub;
  if (hub !== undefined) new AlertHubStack(app, "hub", { organization, ...hub });
  for (const name of ["workloads", "management"]) {
    new AccountMonitoringStack(app, name, { organization, account: accountNamed(organization, name), archiveKeyArn });
  }
  return synthApp(app);
}

const regionsOf = (stacks: ReturnType<typeof synth>) =>
  new Set(Object.values(stacks).flatMap(({ provider }) => provider["aws"]?.map(({ region }) => region)));

test("nothing is deployed in an omitted region, and no provider is configured for it", () => {
  expect(regionsOf(synth({}))).toContain("us-east-1");
  const stacks = synth({ omittedRegions: [{ region: "us-east-1", reason: REASON }] });
  expect(regionsOf(stacks)).toEqual(new Set(["eu-west-1"]));
  const json = JSON.stringify(stacks);
  expect(json).not.toContain("aws.us-east-1");
  // The reason is text for Terraform.
  expect(named(stacks, "trail").resource?.["terraform_data"]).toMatchObject({
    omitted_regions: { input: { "us-east-1": "Denied by $${policy}" } },
  });
});

test("the alarm on unwatched regions says that the omitted one is among them", () => {
  const described = (changes: OrganizationChanges) => JSON.stringify(named(synth(changes), "management"));
  const [, list = ""] = /in a region other than (.*?)\. /.exec(detectionNamed(unwatchedRegionUsed.id).meaning) ?? [];
  expect(described({})).toContain(list);
  const omitted = described({ omittedRegions: [{ region: "us-east-1", reason: REASON }] });
  expect(omitted).toContain("other than `homeRegion` and `furtherRegions`. The call");
});
