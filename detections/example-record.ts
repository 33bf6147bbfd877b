import { arnPrefix, globalArn, PARTITIONS, roleArn, rootArn } from "../lib/aws/partitions";
import { createHash } from "node:crypto";
import type { CloudTrailRecord } from "./predicate";

// Builders for the records that show what a detection matches, in the form that CloudTrail writes.

const ACCOUNT = "111122223333";
/** The region of the example records. */
export const EXAMPLE_REGION = "eu-west-1";
/** Where example records sign in. */
export const EXAMPLE_CONSOLE = `https://${PARTITIONS.aws.consoleDomain}/`;
/** How ARNs begin in example records. */
export const EXAMPLE_ARN = arnPrefix(EXAMPLE_REGION);

/** Differences from the ordinary record. */
export type RecordChanges = Readonly<Record<string, unknown>>;

/** A call of an operation of a service's API, such as `apiCall("kms", "DisableKey")`. */
export function apiCall(service: string, operation: string, changes: RecordChanges = {}): CloudTrailRecord {
  return record({
    userIdentity: assumedRole("Application"),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    requestParameters: null,
    responseElements: null,
    readOnly: /^(Get|List|Describe|Head|BatchGet|Lookup)/.test(operation),
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
    ...changes,
  });
}

/** A call that was denied. */
export function deniedCall(service: string, operation: string, changes: RecordChanges = {}): CloudTrailRecord {
  return apiCall(service, operation, {
    errorCode: "AccessDenied",
    errorMessage: `User is not authorized to perform: ${service}:${operation} with an explicit deny`,
    ...changes,
  });
}

/** A sign-in to the console, by default successful and with MFA. */
export function consoleSignIn(changes: RecordChanges = {}): CloudTrailRecord {
  return record({
    userIdentity: iamUser("alice"),
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    requestParameters: null,
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { LoginTo: EXAMPLE_CONSOLE, MobileVersion: "No", MFAUsed: "Yes" },
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    eventCategory: "Management",
    ...changes,
  });
}

/** An action of a service on its own, such as a rotation of a secret. */
export function serviceEvent(service: string, name: string, changes: RecordChanges = {}): CloudTrailRecord {
  return record({
    userIdentity: { accountId: ACCOUNT, invokedBy: `${service}.amazonaws.com` },
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    sourceIPAddress: `${service}.amazonaws.com`,
    userAgent: `${service}.amazonaws.com`,
    requestParameters: null,
    responseElements: null,
    readOnly: false,
    eventType: "AwsServiceEvent",
    managementEvent: true,
    eventCategory: "Management",
    ...changes,
  });
}

/** An IAM user. */
export function iamUser(name: string): RecordChanges {
  return {
    type: "IAMUser",
    principalId: "AIDAEXAMPLEUSER00000",
    arn: globalArn(EXAMPLE_REGION, "iam", ACCOUNT, `user/${name}`),
    accountId: ACCOUNT,
    accessKeyId: "AKIAEXAMPLEKEY000000",
    userName: name,
  };
}

/** A session of a role; also of federated users, whose roles IAM Identity Center names `AWSReservedSSO_…`. */
export function assumedRole(role: string, session = "session"): RecordChanges {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLEROLE00000:${session}`,
    arn: globalArn(EXAMPLE_REGION, "sts", ACCOUNT, `assumed-role/${role}/${session}`),
    accountId: ACCOUNT,
    accessKeyId: "ASIAEXAMPLEKEY000000",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLEROLE00000",
        arn: roleArn(EXAMPLE_REGION, ACCOUNT, role),
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: "2026-01-15T09:00:00Z", mfaAuthenticated: "false" },
    },
  };
}

/** A session of a service-linked role: an AWS service that works in the account on its own. */
export function serviceLinkedRole(service: string, role: string): RecordChanges {
  const session = assumedRole(role, service);
  return {
    ...session,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLEROLE00000",
        arn: roleArn(EXAMPLE_REGION, ACCOUNT, `aws-service-role/${service}.amazonaws.com/${role}`),
        accountId: ACCOUNT,
        userName: role,
      },
      attributes: { creationDate: "2026-01-15T09:00:00Z", mfaAuthenticated: "false" },
    },
    invokedBy: `${service}.amazonaws.com`,
  };
}

/** The account's root user. */
export function root(): RecordChanges {
  return {
    type: "Root",
    principalId: ACCOUNT,
    arn: rootArn(EXAMPLE_REGION, ACCOUNT),
    accountId: ACCOUNT,
    accessKeyId: "",
  };
}

/** An AWS service that acts for the account. */
export function awsService(service: string): RecordChanges {
  return { type: "AWSService", invokedBy: `${service}.amazonaws.com` };
}

function record(fields: RecordChanges): CloudTrailRecord {
  const content = {
    eventVersion: "1.11",
    eventTime: "2026-01-15T09:30:00Z",
    awsRegion: EXAMPLE_REGION,
    sourceIPAddress: "198.51.100.7",
    userAgent: "aws-cli/2.31.0",
    recipientAccountId: ACCOUNT,
    ...fields,
  };
  return withIds(content);
}

/** With ids that are made when they are read: each program loads the thousand examples, and few read them. */
function withIds(content: RecordChanges): CloudTrailRecord {
  const ids: Partial<Record<"request" | "event", string>> = {};
  return {
    ...content,
    get requestID() {
      return (ids.request ??= uuid("request", content));
    },
    get eventID() {
      return (ids.event ??= uuid("event", content));
    },
  };
}

/** An id derived from the content, so that examples are stable and distinct. */
function uuid(kind: string, content: RecordChanges): string {
  const hex = createHash("sha256").update(kind).update(JSON.stringify(content)).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
