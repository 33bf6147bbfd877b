import { globalArn, roleArn } from "../lib/aws/partitions";
import { createHash } from "node:crypto";
import type { JsonObject } from "../lib/patterns/json/json-value";
import { toRecord } from "../signals/records/cloudtrail-record";
import { trailEvent, type TrailEvent } from "../signals";

/** A call, as far as its CloudTrail record tells one from another. */
export interface RecordedCall {
  /** Service in CloudTrail's event source, without `.amazonaws.com`. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: JsonObject;
  /** The 12-digit id of the account. */
  readonly account: string;
  readonly region: string;
  readonly isDataEvent: boolean;
}

/** A role that administrators have, which no account ignores. */
const ADMINISTRATOR = "AWSReservedSSO_AdministratorAccess_0123456789abcdef";
const WHEN = "2026-01-01T12:00:00Z";

/** The record of a successful call by an administrator of the account. */
export function recordedCall(call: RecordedCall): TrailEvent {
  const { account, region, service, operation, parameters } = call;
  const json: JsonObject = {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLE:administrator",
      arn: globalArn(region, "sts", account, `assumed-role/${ADMINISTRATOR}/administrator`),
      accountId: account,
      accessKeyId: "ASIAEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLE",
          arn: roleArn(region, account, `aws-reserved/sso.amazonaws.com/${ADMINISTRATOR}`),
          accountId: account,
          userName: ADMINISTRATOR,
        },
        attributes: { creationDate: WHEN, mfaAuthenticated: "false" },
      },
    },
    eventTime: WHEN,
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.31.0",
    requestParameters: parameters,
    responseElements: null,
    eventID: createHash("sha256").update(JSON.stringify(call)).digest("hex").slice(0, 32),
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: !call.isDataEvent,
    recipientAccountId: account,
    eventCategory: call.isDataEvent ? "Data" : "Management",
  };
  const record = toRecord(json);
  if (record === undefined) throw new Error(`'${operation}' must make a CloudTrail record`);
  return trailEvent(record, account);
}
