import { globalRegions } from "../../lib/aws/partitions";
import { evaluate } from "../../lib/aws/policy-evaluator";
import { forwardedRegions, type Organization } from "../../organization/organization";
import type { ServiceControlPolicy } from "../facts";
import { deniedRegions } from "./denied-regions";
import { ORGANIZATION, type AdoptFinding } from "./finding";
import { ALLOW_ALL, IN_FURTHER_REGIONS, request } from "./scp-request";

const FULL_ACCESS = "FullAWSAccess";

/** One call of each service that a deployment needs in the home region. */
const IN_HOME_REGION = [
  "cloudwatch:PutMetricAlarm",
  "events:PutRule",
  "kms:CreateKey",
  "logs:CreateLogGroup",
  "logs:PutMetricFilter",
  "sns:CreateTopic",
];
/** Calls to IAM are requests to its global region. Source: IAM User Guide, global condition keys, aws:RequestedRegion. */
const IN_GLOBAL_REGION = ["iam:CreateRole"];

/** Service control policies that deny what a deployment to the members needs. They do not apply to management. */
export function policyFindings(policies: readonly ServiceControlPolicy[], organization: Organization): AdoptFinding[] {
  const member = organization.accounts.find(({ role }) => role !== "management");
  if (member === undefined) return [];
  const forwarded = forwardedRegions(organization);
  const proposed = new Set(deniedRegions(policies, organization).map(({ region }) => region));
  const denials = policies.flatMap((policy): AdoptFinding[] => {
    const denied = needed(organization).flatMap(([region, action]) => {
      const { answer } = evaluate([policy.document, ALLOW_ALL], request(organization, member, region, action));
      return answer === "allowed" ? [] : [{ region, action, isCertain: answer === "denied" }];
    });
    if (denied.length === 0) return [];
    const regions = [...new Set(denied.map(({ region }) => region))].sort();
    const actions = [...new Set(denied.map(({ action }) => action))].sort();
    const verb = denied.some(({ isCertain }) => isCertain) ? "denies" : "may deny";
    return [
      {
        verdict: "collides",
        subject: "service control policy",
        account: ORGANIZATION,
        name: policy.name,
        sentence:
          `It ${verb} ${actions.join(", ")} in ${regions.join(", ")} (attached to ${targetsText(policy)}): exempt the ` +
          `deployment role${omissionText(regions, forwarded, proposed)}.`,
      },
    ];
  });
  const full = policies.find(({ name }) => name === FULL_ACCESS);
  if (full?.targets.some(({ type }) => type === "ROOT") === true) return denials;
  return [
    ...denials,
    {
      verdict: "found",
      subject: "service control policy",
      account: ORGANIZATION,
      name: FULL_ACCESS,
      sentence: `It is not attached to the root: where other policies take its place, they must allow ${services().join(", ")}.`,
    },
  ];
}

function needed(organization: Organization): (readonly [region: string, action: string])[] {
  return [
    ...IN_HOME_REGION.map((action) => [organization.homeRegion, action] as const),
    ...forwardedRegions(organization).flatMap((region) =>
      IN_FURTHER_REGIONS.map((action) => [region, action] as const),
    ),
    // IAM's is the last one in each partition.
    ...globalRegions(organization.homeRegion)
      .slice(-1)
      .flatMap((region) => IN_GLOBAL_REGION.map((action) => [region, action] as const)),
  ];
}

/** What else can be done, where only the deployment of rules to further regions is denied. */
function omissionText(regions: readonly string[], forwarded: readonly string[], proposed: ReadonlySet<string>): string {
  if (!regions.every((region) => forwarded.includes(region))) return "";
  const consequence =
    "then the events of global services and all others there raise no alarm in accounts with feed event-bus";
  return regions.every((region) => proposed.has(region))
    ? `, or omit the region as proposed below: ${consequence}`
    : `, or leave the region out of furtherRegions, or add it to omittedRegions: ${consequence}`;
}

function services(): string[] {
  const actions = [...IN_HOME_REGION, ...IN_FURTHER_REGIONS, ...IN_GLOBAL_REGION];
  return [...new Set(actions.map((action) => action.replace(/:.*/, "")))].sort();
}

function targetsText({ targets }: ServiceControlPolicy): string {
  return targets.map(({ type, id, name }) => (type === "ROOT" ? "the root" : name === "" ? id : name)).join(", ");
}
