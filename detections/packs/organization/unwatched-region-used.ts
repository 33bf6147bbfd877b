import { globalRegions } from "../../../lib/aws/partitions";
import { notByService } from "../../by-service";
import { all, any, differs, equals, isFalse, matches, oneOf, succeeded, type Condition } from "../../condition";
import type { Detection, WatchedAccount } from "../../detection";
import { EXAMPLE_CONSOLE, apiCall, assumedRole, consoleSignIn, deniedCall, iamUser, root } from "../../example-record";

const ELSEWHERE = { awsRegion: "us-west-2", recipientAccountId: "444455556666" };

/** The console's sign-in service is no service that acts on its own. */
const IN_CONSOLE = { ...iamUser("alice"), invokedBy: "signin.amazonaws.com" };
const NO_MFA = { LoginTo: `${EXAMPLE_CONSOLE}?region=us-west-2`, MobileVersion: "No", MFAUsed: "No" };

/** What counts as reading, and is what stolen access is used for: calls to a model, and secrets, also replicated ones. */
const READS = any(
  matches("eventName", "InvokeModel*"),
  oneOf("eventName", ["Converse", "ConverseStream", "GetSecretValue", "BatchGetSecretValue"]),
);

/** Lambda@Edge makes these calls with the function's role, in every region near a viewer. */
const NOT_EDGE = ["CreateLogGroup", "CreateLogStream"].map((name) => differs("eventName", name));

/** Of whatever root calls, some is reading. */
const BY_ROOT = equals("userIdentity.type", "Root");

/** Without events of services. */
const CALLS = all(equals("eventType", "AwsApiCall"), any(all(isFalse("readOnly"), ...NOT_EDGE), READS, BY_ROOT));

/** Recorded in the region of the sign-in endpoint, which the user's URL can choose. */
const SIGN_INS = all(
  equals("additionalEventData.MFAUsed", "No"),
  equals("responseElements.ConsoleLogin", "Success"),
  equals("userIdentity.type", "IAMUser"),
);

/** Root signs in at the global endpoint: its detections see that, unless its region is omitted. */
const WITH_ROOT = all(
  equals("responseElements.ConsoleLogin", "Success"),
  any(equals("userIdentity.type", "Root"), SIGN_INS),
);

/** Regions whose names fit into one filter pattern with all else, and with an `ignore` entry. */
const FEW = 8;

/** Feeds of kind `event-bus` deliver the events of some regions. The organization trail delivers those of all. */
export const unwatchedRegionUsed: Detection = {
  id: "unwatched-region-used",
  title: "Region used that members do not watch",
  meaning:
    "In any account, a principal changed something, read a secret, called a model of Bedrock, called anything as root, or " +
    "signed in as an IAM user without MFA, in a region other than `homeRegion`, `furtherRegions` and us-east-1. The call " +
    "succeeded, and was not made by an AWS service.",
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
    elsewhere(account).map(({ isElsewhere, calls }) => all(isElsewhere, calls, succeeded(), notByService())),
  runbook: {
    firstFiveMinutes: [
      "Find the account (`recipientAccountId`), the region (`awsRegion`) and the caller (`userIdentity.arn`) in the message, or with the detection's saved query.",
      "Search the archive for everything that the caller did in this region, and in the other regions that are not watched: the account's own detections did not match there.",
      "If it is not confirmed, revoke the caller's sessions or keys, and look for instances, models, snapshots and functions in the region: `aws resourcegroupstaggingapi get-resources --region <region>`.",
      "If the region is used from now on, add it to `furtherRegions` in `organization.yaml` and deploy. If not, deny it with a service control policy (`aws:RequestedRegion`).",
    ],
    falsePositives: [
      "A team that begins to use a region.",
      "A pipeline that sets up all regions: enables GuardDuty, deletes default VPCs, or is AWS Control Tower's (`AWSControlTowerExecution`).",
      "A deployment of Trailwatch that adds a region to `furtherRegions`, or removes one.",
      "Global Accelerator, whose API is in us-west-2 only, or IAM Identity Center in its own region.",
      "The console in another region than intended.",
    ],
    tuning:
      "Add every region in regular use to `furtherRegions`, and that of IAM Identity Center. Ignore the role of a pipeline that configures all regions, by `userIdentity.sessionContext.sessionIssuer.userName`, or an account with feed `account-trail`, by `recipientAccountId`: it watches all regions itself.",
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
      apiCall("cloudtrail", "StopLogging", { ...ELSEWHERE, userIdentity: IN_CONSOLE }),
      apiCall("secretsmanager", "GetSecretValue", { ...ELSEWHERE, requestParameters: { secretId: "orders" } }),
      apiCall("ec2", "DescribeInstances", { ...ELSEWHERE, userIdentity: root() }),
      consoleSignIn({ ...ELSEWHERE, additionalEventData: NO_MFA }),
    ],
    nearMisses: [
      apiCall("ec2", "RunInstances"),
      apiCall("iam", "CreateUser", { awsRegion: "us-east-1" }),
      apiCall("ec2", "DescribeInstances", ELSEWHERE),
      deniedCall("ec2", "RunInstances", ELSEWHERE),
      consoleSignIn(ELSEWHERE),
      consoleSignIn({ ...ELSEWHERE, additionalEventData: NO_MFA, responseElements: { ConsoleLogin: "Failure" } }),
      // Federated users present their second factor to their identity provider.
      consoleSignIn({ ...ELSEWHERE, additionalEventData: NO_MFA, userIdentity: assumedRole("AWSReservedSSO_Builder") }),
      // Routine with temporary credentials, and counts as reading.
      apiCall("sts", "AssumeRole", { ...ELSEWHERE, readOnly: true }),
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
function elsewhere({ regions = { watched: [], unwatched: [] } }: WatchedAccount): readonly Elsewhere[] {
  const { watched, unwatched } = regions;
  if (unwatched.length === 0) return [];
  const isElsewhere =
    unwatched.length < watched.length
      ? oneOf("awsRegion", unwatched)
      : // A new region of AWS is in neither list, and is not watched.
        all(...watched.map((region) => differs("awsRegion", region)));
  const names = Math.min(watched.length, unwatched.length);
  const signIns = unwatched.some((region) => globalRegions(region).some((global) => global === region))
    ? WITH_ROOT
    : SIGN_INS;
  return (names <= FEW ? [any(CALLS, signIns)] : [CALLS, signIns]).map((calls) => ({ isElsewhere, calls }));
}

/** Where, and what counts there. */
interface Elsewhere {
  readonly isElsewhere: Condition;
  readonly calls: Condition;
}
