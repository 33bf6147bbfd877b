import { all, any, call, equals, oneOf } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall } from "../../example-record";

const instance = { requestParameters: { instanceId: "i-0123456789abcdef0" } };
const attribute = (name: string) => ({ requestParameters: { instanceId: "i-0123456789abcdef0", attribute: name } });
const refused = { errorCode: "Client.UnauthorizedOperation" };

/** Successful reads are in `instance-login-issued`: AWS's tools poll for the password of a new instance. */
export const instanceSecretsProbed: Detection = {
  id: "instance-secrets-probed",
  title: "Refused reads of passwords or user data of instances",
  meaning: "Reading the Windows password or the user data of instances was refused five times within five minutes.",
  why: "The holder of a stolen key tries instance after instance. Passwords give access to the machine, and user data often holds secrets.",
  severity: "high",
  threshold: 5,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1552", "T1555"] },
  condition: all(
    any(
      call("ec2", "GetPasswordData"),
      all(call("ec2", "DescribeInstanceAttribute"), equals("requestParameters.attribute", "userData")),
    ),
    oneOf("errorCode", ["Client.UnauthorizedOperation", "UnauthorizedOperation"]),
  ),
  runbook: {
    firstFiveMinutes: [
      "Run this alarm's query: one caller that names many instances is probing. Contact the caller through another channel.",
      "If the calls are not confirmed: disable the caller's key, or revoke the sessions of the role.",
      "Check which calls of the same caller succeeded, in particular `GetPasswordData` and `DescribeInstanceAttribute`.",
    ],
    falsePositives: ["An inventory or security scanner without that permission."],
    tuning: "Ignore a scanner by its role, `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "GetPasswordData", { ...instance, ...refused }),
      apiCall("ec2", "DescribeInstanceAttribute", { ...attribute("userData"), ...refused }),
    ],
    nearMisses: [
      apiCall("ec2", "GetPasswordData", instance),
      apiCall("ec2", "DescribeInstanceAttribute", attribute("userData")),
      apiCall("ec2", "DescribeInstanceAttribute", { ...attribute("instanceType"), ...refused }),
      apiCall("ec2", "GetPasswordData", { ...instance, errorCode: "Client.InvalidInstanceID.NotFound" }),
    ],
  },
};
