import type { RecordJson } from "../signal-path/hop-event";
import { fieldsOf, nestedText } from "./fields";

/** The attributes by which `LookupEvents` finds events. Source: CloudTrail API Reference, LookupAttribute. */
export const LOOKUP_ATTRIBUTES = [
  "EventId",
  "EventName",
  "ReadOnly",
  "Username",
  "ResourceType",
  "ResourceName",
  "EventSource",
  "AccessKeyId",
] as const;

/** The name of an attribute that events are looked up by. */
export type LookupAttributeKey = (typeof LOOKUP_ATTRIBUTES)[number];

/** A resource that `LookupEvents` names. */
export interface LookupResource {
  readonly type: string;
  readonly name: string;
}

/** The values by which an event is found. */
export function attributesOf(record: RecordJson): Readonly<Record<LookupAttributeKey, readonly string[]>> {
  const resources = lookupResources(record);
  return {
    EventId: texts(record["eventID"]),
    EventName: texts(record["eventName"]),
    ReadOnly: [String(record["readOnly"])],
    Username: texts(userNameOf(record)),
    ResourceType: resources.map(({ type }) => type),
    ResourceName: resources.map(({ name }) => name),
    EventSource: texts(record["eventSource"]),
    AccessKeyId: texts(fieldsOf(record["userIdentity"])["accessKeyId"]),
  };
}

/** A user's name, a session's name, or `root`. */
export function userNameOf(record: RecordJson): string | undefined {
  const identity = fieldsOf(record["userIdentity"]);
  switch (identity["type"]) {
    case "Root":
      return "root";
    case "AssumedRole":
      return nestedText(identity, "arn")?.split("/").at(-1);
    default:
      return nestedText(identity, "userName");
  }
}

/** Parameters that name a resource, by event source. */
const NAMED: Readonly<Record<string, readonly (readonly [parameter: string, type: string])[]>> = {
  "cloudtrail.amazonaws.com": [
    ["name", "AWS::CloudTrail::Trail"],
    ["trailName", "AWS::CloudTrail::Trail"],
  ],
  "events.amazonaws.com": [
    ["name", "AWS::Events::Rule"],
    ["rule", "AWS::Events::Rule"],
  ],
  "iam.amazonaws.com": [
    ["userName", "AWS::IAM::User"],
    ["roleName", "AWS::IAM::Role"],
    ["groupName", "AWS::IAM::Group"],
    ["policyArn", "AWS::IAM::Policy"],
  ],
  "logs.amazonaws.com": [["logGroupName", "AWS::Logs::LogGroup"]],
  "monitoring.amazonaws.com": [["alarmName", "AWS::CloudWatch::Alarm"]],
  "s3.amazonaws.com": [["bucketName", "AWS::S3::Bucket"]],
  "secretsmanager.amazonaws.com": [
    ["secretId", "AWS::SecretsManager::Secret"],
    ["name", "AWS::SecretsManager::Secret"],
  ],
  "sns.amazonaws.com": [["topicArn", "AWS::SNS::Topic"]],
};

/** The resources of an event: those that the record lists, and those that its parameters name. */
export function lookupResources(record: RecordJson): readonly LookupResource[] {
  const listed = Array.isArray(record["resources"]) ? record["resources"].map(fieldsOf) : [];
  const parameters = fieldsOf(record["requestParameters"]);
  return [
    ...listed.flatMap(({ type, ARN }) =>
      typeof type === "string" && typeof ARN === "string" ? [{ type, name: ARN }] : [],
    ),
    ...(NAMED[String(record["eventSource"])] ?? []).flatMap(([parameter, type]) => {
      const name = parameters[parameter];
      return typeof name === "string" ? [{ type, name }] : [];
    }),
  ];
}

function texts(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : [];
}
