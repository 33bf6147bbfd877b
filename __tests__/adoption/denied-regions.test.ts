import { parse } from "yaml";
import { deniedRegions } from "../../adoption/findings/denied-regions";
import { policyFindings } from "../../adoption/findings/service-control-policies";
import { regionSettings, withSettings } from "../../adoption/settings";
import { testOrganization, type OrganizationChanges } from "../support/organization";

const ROOT = { type: "ROOT", id: "r-1", name: "Root" };
const unit = (name: string) => ({ type: "ORGANIZATIONAL_UNIT", id: `ou-${name}`, name });
const account = (id: string) => ({ type: "ACCOUNT", id, name: "" });

/** As Control Tower's region deny: services with a global endpoint are exempt. */
function denial(regions: readonly string[], targets: readonly (typeof ROOT)[], exempt?: string) {
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        NotAction: ["iam:*", "organizations:*", "sts:*"],
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:RequestedRegion": regions },
          ...(exempt === undefined ? {} : { ArnNotLike: { "aws:PrincipalARN": [exempt] } }),
        },
      },
    ],
  });
  return { name: "region-deny", document, targets };
}

const PLACED: OrganizationChanges = {
  accounts: {
    "log-archive": { organizationalUnit: "Security" },
    workloads: { organizationalUnit: "Workloads/Production" },
  },
};
const denied = (policies: Parameters<typeof deniedRegions>[0], changes = PLACED) =>
  deniedRegions(policies, testOrganization(changes));
const HOME = ["eu-west-1"];
const FOUND = [{ region: "us-east-1", policies: ["region-deny"] }];

test.each([
  ["on the root", [ROOT]],
  ["on units above all accounts", [unit("Security"), unit("Workloads")]],
  ["on each account", [account("222222222222"), unit("Production"), account("999999999999")]],
])("a policy %s denies the region to all", (_, targets) => {
  expect(denied([denial(HOME, targets)])).toEqual(FOUND);
});

test.each([
  ["some accounts only", denial(HOME, [unit("Workloads")])],
  ["other regions only", denial(["eu-west-1", "us-east-1"], [ROOT])],
  ["all but the deployment role", denial(HOME, [ROOT], "arn:aws:iam::*:role/OrganizationAccountAccessRole")],
])("no omission is proposed where the policy denies it to %s", (_, policy) => {
  expect(denied([policy])).toEqual([]);
});

test("two policies together may deny a region to all", () => {
  const one = denial(HOME, [unit("Security")]);
  expect(denied([one, { ...denial(HOME, [unit("Production")]), name: "other" }])).toEqual([
    { region: "us-east-1", policies: ["other", "region-deny"] },
  ]);
});

test("in GovCloud, its own region of global services is omitted", () => {
  const changes: OrganizationChanges = { ...PLACED, homeRegion: "us-gov-east-1" };
  expect(denied([denial(["us-gov-east-1"], [ROOT])], changes)).toMatchObject([{ region: "us-gov-west-1" }]);
});

test("the region of global services is omitted, and a further region is not watched any more", () => {
  const organization = testOrganization({ ...PLACED, furtherRegions: ["eu-central-1", "eu-north-1"] });
  const settings = regionSettings(
    deniedRegions([denial(["eu-west-1", "eu-north-1"], [ROOT])], organization),
    organization,
  );
  expect(settings).toEqual({
    omittedRegions: [{ region: "us-east-1", reason: "Denied by service control policies: region-deny" }],
    removedRegions: ["eu-central-1"],
  });
  const text = "# ours\nid: o-exampleorgid\nfurtherRegions: [eu-central-1, eu-north-1] # all\n";
  const changed = withSettings(text, settings);
  expect(parse(changed)).toEqual({
    id: "o-exampleorgid",
    furtherRegions: ["eu-north-1"],
    omittedRegions: settings.omittedRegions,
  });
  expect(changed).toContain("# ours\n");
});

test("with the setting, nothing collides and nothing is proposed", () => {
  const policies = [denial(HOME, [ROOT])];
  const collisions = (changes: OrganizationChanges) =>
    policyFindings(policies, testOrganization({ ...PLACED, ...changes })).filter(
      ({ verdict }) => verdict === "collides",
    );
  expect(collisions({})).toEqual([
    expect.objectContaining({ sentence: expect.stringContaining("or omit the region as proposed below") as string }),
  ]);
  const omittedRegions = [{ region: "us-east-1", reason: "denied" }] as const;
  expect(collisions({ omittedRegions: [...omittedRegions] })).toEqual([]);
  expect(denied(policies, { ...PLACED, omittedRegions: [...omittedRegions] })).toEqual([]);
});
