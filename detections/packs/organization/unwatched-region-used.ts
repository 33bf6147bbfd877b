import { all, any, equals, exists, isFalse, not, oneOf, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { apiCall, assumedRole, consoleSignIn, deniedCall } from "../../example-record";

const ELSEWHERE = { awsRegion: "us-west-2", recipientAccountId: "444455556666" };

/** Calls to a model count as reading, and are what stolen access is used for. */
const MODEL_CALLS = ["InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream"];

/** Lambda@Edge makes these calls with the function's role, in every region near a viewer. */
const EDGE_CALLS = ["CreateLogGroup", "CreateLogStream"];

/** Feeds of kind `event-bus` deliver the events of some regions. The organization trail delivers those of all. */
export const unwatchedRegionUsed: Detection = {
  id: "unwatched-region-used",
  title: "Region used that members do not watch",
  meaning:
    "In any account, a principal changed something, or called a model of Bedrock, in a region other than `homeRegion`, " +
    "`furtherRegions` and us-east-1. The call succeeded, and was not made by an AWS service.",
  why:
    "Accounts with feed `event-bus` see no events of these regions, so that their other detections do not match there. " +
    "Intruders choose such regions to run instances and models, and to copy data.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "organization",
  references: { mitre: ["T1535", "T1578.002"] },
  condition: (account) =>
    elsewhere(account).map((isElsewhere) =>
      all(
        isElsewhere,
        // Without sign-ins, which are recorded in the region of the endpoint, and without events of services.
        equals("eventType", "AwsApiCall"),
        any(all(isFalse("readOnly"), not(oneOf("eventName", EDGE_CALLS))), oneOf("eventName", MODEL_CALLS)),
        succeeded(),
        not(exists("userIdentity.invokedBy")),
      ),
    ),
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`), the region (`awsRegion`) and the caller (`userIdentity.arn`) with the query in the message or the detection's saved query.",
      "Search the archive for everything that the caller did in this region, and in the other regions that are not watched: the account's own detections did not match there.",
      "If it is not confirmed, revoke the caller's sessions or keys, and look for instances, models, snapshots and functions in the region: `aws resourcegroupstaggingapi get-resources --region <region>`.",
      "If the region is used from now on, add it to `furtherRegions` in `organization.yaml` and deploy. If not, deny it with a service control policy (`aws:RequestedRegion`).",
    ],
    falsePositives: [
      "A team that begins to use a region.",
      "A pipeline that sets up security services in all regions, for example GuardDuty.",
      "The console in another region than intended.",
    ],
    tuning:
      "Ignore the role of a pipeline that configures all regions, by `userIdentity.sessionContext.sessionIssuer.userName`, or an account with feed `account-trail`, by `recipientAccountId`: it watches all regions itself.",
  },
  examples: {
    matches: [
      // The management account counts, too.
      apiCall("ec2", "RunInstances", { awsRegion: "us-west-2", requestParameters: { instanceType: "p5.48xlarge" } }),
      apiCall("ec2", "ModifySnapshotAttribute", { ...ELSEWHERE, requestParameters: { snapshotId: "snap-1" } }),
      apiCall("s3", "CreateBucket", { awsRegion: "ap-southeast-1", requestParameters: { bucketName: "copies" } }),
      apiCall("bedrock", "InvokeModel", {
        ...ELSEWHERE,
        readOnly: true,
        requestParameters: { modelId: "anthropic.claude-3-sonnet-20240229-v1:0" },
      }),
    ],
    nearMisses: [
      apiCall("ec2", "RunInstances"),
      apiCall("iam", "CreateUser", { awsRegion: "us-east-1" }),
      apiCall("ec2", "DescribeInstances", ELSEWHERE),
      deniedCall("ec2", "RunInstances", ELSEWHERE),
      consoleSignIn(ELSEWHERE),
      apiCall("logs", "CreateLogStream", ELSEWHERE),
      apiCall("config", "PutConfigurationRecorder", {
        ...ELSEWHERE,
        userIdentity: { ...assumedRole("stacksets-exec-1a2b3c"), invokedBy: "cloudformation.amazonaws.com" },
      }),
      apiCall("ec2", "CreateNetworkInterface", {
        ...ELSEWHERE,
        userIdentity: {
          ...assumedRole("AWSServiceRoleForAutoScaling"),
          invokedBy: "autoscaling.amazonaws.com",
        },
      }),
    ],
  },
};

/** The event is of a region that some account's feed does not deliver: by the shorter list. Empty: all are delivered. */
function elsewhere({ regions = { watched: [], unwatched: [] } }: WatchedAccount): Condition[] {
  const { watched, unwatched } = regions;
  if (unwatched.length === 0) return [];
  if (unwatched.length < watched.length) return [oneOf("awsRegion", unwatched)];
  // A new region of AWS is in neither list, and is not watched.
  return [all(exists("awsRegion"), not(oneOf("awsRegion", watched)))];
}
