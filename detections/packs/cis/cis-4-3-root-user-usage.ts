import { apiCall, consoleSignIn, root, serviceEvent } from "../../example-record";
import { cisControl } from "./cis-control";

export const rootUserUsage = cisControl({
  number: "4.3",
  id: "cis-4-3-root-user-usage",
  title: "Root user usage",
  severity: "medium",
  securityHub: "CloudWatch.1",
  mitre: ["T1078.004"],
  tunedTwin: "root-use",
  patterns: ['{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'],
  meaning: "The root user did something, not by way of a service.",
  why: "Nothing in the account can restrict its root user, and daily work never needs it.",
  firstFiveMinutes: [
    "Follow the runbook of `root-use`, which pages for the same event.",
    "List what root did: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root`.",
  ],
  falsePositives: ["A task that only root may do.", "A central root session from the management account."],
  examples: {
    matches: [consoleSignIn({ userIdentity: root() }), apiCall("iam", "CreateAccessKey", { userIdentity: root() })],
    nearMisses: [
      apiCall("ec2", "DescribeInstances", { userIdentity: { ...root(), invokedBy: "support.amazonaws.com" } }),
      // Not covered: the console may set this for root at work in it.
      apiCall("iam", "CreateAccessKey", { userIdentity: { ...root(), invokedBy: "signin.amazonaws.com" } }),
      serviceEvent("kms", "RotateKey", { userIdentity: root() }),
    ],
  },
});
