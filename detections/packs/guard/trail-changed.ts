import { ownNames } from "../../../lib/naming/own-names";
import { all, any, call, matches } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, deniedCall } from "../../example-record";
import { byOthers } from "./deployment";
import { existingTrailByArn } from "./existing-trail";
import { possiblyOurs } from "./ours";

export const TRAIL_CALLS = ["UpdateTrail", "PutEventSelectors", "PutInsightSelectors", "PutEventConfiguration"];
/** Permissions depend on the tags of our trails. */
export const TRAIL_TAG_CALLS = ["AddTags", "RemoveTags"];

const TRAIL = "trailwatch-organization";

/** A trail that still logs, but less: no checker and no status shows it. */
export const trailChanged: Detection = {
  id: "trail-changed",
  title: "Trail or its selectors changed",
  meaning:
    "A principal other than Trailwatch's deployment changed a trail's settings, or which events it records and in what " +
    "form; or the tags of one of Trailwatch's trails; or tried to. A change of the trail itself by the deployment counts too.",
  why: "With narrower selectors, the trail looks healthy but does not record what an intruder does next.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { cis: ["4.5"], mitre: ["T1562.008"] },
  condition: (account) => [
    byOthers(account, [
      any(
        call("cloudtrail", ...TRAIL_CALLS),
        all(
          call("cloudtrail", ...TRAIL_TAG_CALLS),
          possiblyOurs(
            matches("requestParameters.resourceId", `*:trail/${ownNames(account.names).pattern}`),
            ...existingTrailByArn("requestParameters.resourceId", account),
          ),
        ),
      ),
    ]),
  ],
  runbook: {
    firstFiveMinutes: [
      "Check what is recorded: `aws cloudtrail get-event-selectors --trail-name <trail>` must show all management events, read and write, without exclusions.",
      "Check where it is delivered: `aws cloudtrail get-trail --name <trail>` must show Trailwatch's archive and log group, multi-region, with validation.",
      "Restore it by deploying: `npx cdktf deploy organization-trail` or `'monitoring-*'`. Then find out who changed it.",
    ],
    falsePositives: [
      "A team that changes a trail of its own.",
      "A deployment after a setting in `trail` was changed in `organization.yaml`, which updates the trail itself.",
      "A deployment of Trailwatch to the management account with personal credentials: give that account a `deploymentRole`.",
    ],
    tuning: "Ignore another team's trail by `requestParameters.trailName` (selectors) and `requestParameters.name`.",
  },
  examples: {
    matches: [
      apiCall("cloudtrail", "PutEventSelectors", {
        requestParameters: {
          trailName: TRAIL,
          eventSelectors: [{ readWriteType: "ReadOnly", includeManagementEvents: false, dataResources: [] }],
        },
      }),
      apiCall("cloudtrail", "PutInsightSelectors", { requestParameters: { trailName: TRAIL, insightSelectors: [] } }),
      apiCall("cloudtrail", "PutEventConfiguration", {
        requestParameters: { trailName: TRAIL, maxEventSize: "Standard" },
      }),
      apiCall("cloudtrail", "RemoveTags", {
        requestParameters: { resourceId: `${EXAMPLE_ARN}:cloudtrail:eu-west-1:111122223333:trail/trailwatch-account` },
      }),
      apiCall("cloudtrail", "UpdateTrail", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { name: TRAIL, s3BucketName: "elsewhere" },
      }),
      deniedCall("cloudtrail", "UpdateTrail"),
    ],
    nearMisses: [
      apiCall("cloudtrail", "AddTags", {
        requestParameters: { resourceId: `${EXAMPLE_ARN}:cloudtrail:eu-west-1:111122223333:trail/audit` },
      }),
      apiCall("cloudtrail", "GetEventSelectors", { requestParameters: { trailName: TRAIL } }),
      apiCall("cloudtrail", "PutEventSelectors", {
        userIdentity: assumedRole("OrganizationAccountAccessRole", "trailwatch"),
        requestParameters: { trailName: TRAIL },
      }),
    ],
  },
};
