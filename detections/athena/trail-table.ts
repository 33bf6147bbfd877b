/**
 * Type of a column, or of a member of one. `text`: a string. `flag`: a JSON boolean, kept as the text `true` or
 * `false`. `json`: an object whose names depend on each service's API, kept as JSON text. `named-texts`: an object of
 * texts under any names.
 */
export type Kind = "text" | "flag" | "json" | "named-texts" | Struct | List;

/** An object whose names are known; the SerDe skips those that are not declared. */
export interface Struct {
  readonly members: Readonly<Record<string, Kind>>;
}

/** An array of such objects. */
export interface List {
  readonly elements: Struct;
}

/** Name of the table over the organization's trail. The database has the name of the installation. */
export const TRAIL_TABLE = "trail";

/**
 * How Athena reads CloudTrail's files. The input format divides a file into its records and passes parameters and
 * results on as JSON text; the SerDe looks up names in lower case.
 * Source: Athena User Guide, "Create a table for CloudTrail logs using partition projection".
 */
export const TRAIL_FORMAT = {
  inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  serde: "org.apache.hive.hcatalog.data.JsonSerDe",
} as const;

/**
 * A file's path shows whose events it has: `AWSLogs/<organization>/<account>/CloudTrail/<region>/<yyyy/MM/dd>/`. The
 * day is the delivery day in UTC, which for an event just before midnight is the next day.
 * Source: CloudTrail User Guide, "Finding your CloudTrail log files".
 */
export const TRAIL_PARTITIONS = [
  { name: "account", type: "string" },
  { name: "region", type: "string" },
  { name: "day", type: "string" },
] as const;

const ROLE_OR_USER = struct("type", "principalId", "arn", "accountId", "userName");

const SESSION_CONTEXT: Struct = {
  members: {
    attributes: struct("creationDate", "mfaAuthenticated"),
    sessionIssuer: ROLE_OR_USER,
    webIdFederationData: { members: { federatedProvider: "text", attributes: "named-texts" } },
    sourceIdentity: "text",
    ec2RoleDelivery: "text",
    ec2IssuedInVpc: "text",
    assumedRoot: "text",
  },
};

const USER_IDENTITY: Struct = {
  members: {
    ...ROLE_OR_USER.members,
    accessKeyId: "text",
    invokedBy: "text",
    identityProvider: "text",
    credentialId: "text",
    onBehalfOf: struct("userId", "identityStoreArn"),
    inScopeOf: struct("sourceArn", "sourceAccount", "issuerType", "credentialsIssuedTo"),
    sessionContext: SESSION_CONTEXT,
  },
};

/**
 * A record's fields, as CloudTrail spells them.
 * Source: CloudTrail User Guide, "CloudTrail record contents" and "userIdentity element"; columns as in Athena's guide.
 */
export const TRAIL_FIELDS: Readonly<Record<string, Kind>> = {
  eventVersion: "text",
  userIdentity: USER_IDENTITY,
  eventTime: "text",
  eventSource: "text",
  eventName: "text",
  awsRegion: "text",
  sourceIPAddress: "text",
  userAgent: "text",
  errorCode: "text",
  errorMessage: "text",
  requestParameters: "json",
  responseElements: "json",
  additionalEventData: "json",
  requestID: "text",
  eventID: "text",
  readOnly: "flag",
  resources: { elements: struct("ARN", "accountId", "type", "ARNPrefix") },
  eventType: "text",
  apiVersion: "text",
  managementEvent: "flag",
  recipientAccountId: "text",
  serviceEventDetails: "json",
  sharedEventID: "text",
  vpcEndpointId: "text",
  vpcEndpointAccountId: "text",
  eventCategory: "text",
  addendum: struct("reason", "updatedFields", "originalRequestID", "originalEventID"),
  sessionCredentialFromConsole: "text",
  tlsDetails: struct("tlsVersion", "cipherSuite", "clientProvidedHostHeader"),
};

/** A column as Glue takes it. */
export interface TrailColumn {
  readonly name: string;
  /** In Hive's syntax, such as `struct<arn:string>`. */
  readonly type: string;
}

/** The columns of the table, without the partition columns. */
export function trailColumns(): TrailColumn[] {
  return Object.entries(TRAIL_FIELDS).map(([field, kind]) => ({ name: field.toLowerCase(), type: hiveType(kind) }));
}

function hiveType(kind: Kind): string {
  if (kind === "named-texts") return "map<string,string>";
  if (typeof kind === "string") return "string";
  if ("elements" in kind) return `array<${hiveType(kind.elements)}>`;
  const members = Object.entries(kind.members).map(([name, member]) => `${name.toLowerCase()}:${hiveType(member)}`);
  return `struct<${members.join(",")}>`;
}

/** An object of texts. */
function struct(...names: readonly string[]): Struct {
  return { members: Object.fromEntries(names.map((name) => [name, "text"])) };
}
