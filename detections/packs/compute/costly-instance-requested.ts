import { any, all, call, matchesRegex } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";

/**
 * Instance types with GPUs or accelerators (`p`, `g`, `gr`, `dl`, `trn`, `inf`, `f`, `vt`), bare metal, and those of 16xlarge or more.
 * SageMaker's types are the same behind `ml.`. Source: EC2 Instance Types Guide, naming conventions.
 */
const COSTLY = String.raw`[fgp]\d|gr\d|dl\d|trn\d|vt\d|metal|1[6-9]xlarge|[2-9]\dxlarge|\d\d\dxlarge`;

const requested = (instanceType: string) => ({
  requestParameters: {
    instanceType,
    instancesSet: { items: [{ imageId: "ami-0123456789abcdef0", minCount: 1, maxCount: 10 }] },
  },
});
/** A launch template holds the type: only the response names it. */
const launched = (...types: readonly string[]) => ({
  requestParameters: { launchTemplate: { launchTemplateId: "lt-0123456789abcdef0", version: "$Latest" } },
  responseElements: { instancesSet: { items: types.map((instanceType) => ({ instanceType })) } },
});
const fleet = { userIdentity: { ...assumedRole("Fleet"), invokedBy: "ec2fleet.amazonaws.com" } };

/** Fleets, Auto Scaling and Batch launch by `RunInstances` too, in the name of their service: they are not left out. */
export const costlyInstanceRequested: Detection = {
  id: "costly-instance-requested",
  title: "Costly instance requested",
  meaning:
    "An EC2 instance or SageMaker notebook with a GPU, of bare metal, or of size 16xlarge or more was requested, directly " +
    "or by a fleet or group. Refused requests count too.",
  why: "Stolen credentials are used to mine cryptocurrency within minutes: at thousands of dollars a day, in any region.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1496.001", "T1578.002"] },
  condition: all(
    any(call("ec2", "RunInstances"), call("sagemaker", "CreateNotebookInstance", "UpdateNotebookInstance")),
    any(
      matchesRegex("requestParameters.instanceType", COSTLY),
      matchesRegex("responseElements.instancesSet.items[*].instanceType", COSTLY),
    ),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) through another channel. A fleet or Auto Scaling group is named in `invokedBy` and the instances' tags: who created it?",
      "If the request is not confirmed: terminate the instances in all regions (`aws ec2 describe-instances --region <region>`), delete fleets, groups and launch templates, and disable the caller's key or sessions.",
      "A refused request (`errorCode`) is no less an attempt: check what else the caller did.",
    ],
    falsePositives: ["Machine learning, rendering or large databases.", "A load test."],
    tuning:
      "Ignore the types that the account uses, by `requestParameters.instanceType` (such as `g5.*`), or the roles that launch them. Disable it in an account for machine learning.",
  },
  examples: {
    matches: [
      apiCall("ec2", "RunInstances", { ...requested("p2.xlarge"), errorCode: "Client.UnauthorizedOperation" }),
      apiCall("ec2", "RunInstances", { ...requested("p3.2xlarge"), errorCode: "Client.VcpuLimitExceeded" }),
      apiCall("ec2", "RunInstances", requested("g4dn.xlarge")),
      apiCall("ec2", "RunInstances", { ...requested("c5.18xlarge"), ...fleet }),
      apiCall("ec2", "RunInstances", requested("m5.metal")),
      apiCall("ec2", "RunInstances", launched("t3.micro", "u7i-12tb.224xlarge")),
      apiCall("ec2", "RunInstances", requested("inf2.xlarge")),
      apiCall("ec2", "RunInstances", requested("vt1.3xlarge")),
      apiCall("sagemaker", "CreateNotebookInstance", requested("ml.p3.2xlarge")),
      apiCall("sagemaker", "UpdateNotebookInstance", requested("ml.g5.xlarge")),
    ],
    nearMisses: [
      apiCall("ec2", "RunInstances", requested("t3.micro")),
      apiCall("ec2", "RunInstances", requested("t4g.medium")),
      apiCall("ec2", "RunInstances", requested("m6gd.12xlarge")),
      apiCall("ec2", "RunInstances", { ...requested("c5.xlarge"), errorCode: "Client.UnauthorizedOperation" }),
      apiCall("ec2", "RunInstances", launched("r5.4xlarge")),
      apiCall("ec2", "TerminateInstances", requested("p3.2xlarge")),
    ],
  },
};
