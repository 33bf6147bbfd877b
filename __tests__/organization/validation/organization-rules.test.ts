import { MEMBER, ORGANIZATION, account, complaints, load } from "../accounts-folder";

const organization = (lines: string) => complaints({ "organization.yaml": `${ORGANIZATION}${lines}` });
const s3 = (settings: string, more = "") =>
  complaints({ "organization.yaml": ORGANIZATION.replace("backend: local", `backend: s3, ${settings}`) + more });

describe("the set of accounts", () => {
  test("has unique names", () => {
    expect(complaints({ "zoo.yaml": account("workloads", "555566667777") })).toEqual([
      "'name' must be unique, got 'workloads' (at zoo.yaml:1:7); also in workloads.yaml",
    ]);
  });

  test("has unique ids", () => {
    expect(complaints({ "zoo.yaml": account("zoo", "333344445555") })).toEqual([
      "'id' must be unique, got '333344445555' (at zoo.yaml:2:5); also in workloads.yaml",
    ]);
  });

  test.each(["management", "log-archive"])("has one %s account, not two", (role) => {
    expect(complaints({ "zoo.yaml": account("zoo", "555566667777", role) })).toEqual([
      `'role' must be held by exactly one account, got '${role}' (at zoo.yaml:3:7); also in ${role}.yaml`,
    ]);
  });

  test.each(["management", "log-archive"])("has one %s account, not none", (role) => {
    expect(complaints({ [`${role}.yaml`]: undefined })).toEqual([
      `'accounts' must hold exactly one account with role '${role}', got nothing (at organization.yaml:1:1)`,
    ]);
  });

  test("may lack only accounts of invalid files", () => {
    expect(complaints({ "management.yaml": "a: b: c" })).toHaveLength(1);
    expect(complaints({ "management.yaml": account("management", "111122223333", "managment") })).toHaveLength(1);
  });

  test("may have any number of members", () => {
    expect(complaints({ "zoo.yaml": account("zoo", "555566667777") })).toEqual([]);
  });
});

describe("buckets", () => {
  test("named after the archive must have valid S3 names", () => {
    const archive = (length: number) =>
      complaints({ "organization.yaml": ORGANIZATION.replace("example-archive", "a".repeat(length)) });
    expect(archive(51)).toEqual([]);
    expect(archive(52)).toEqual([
      expect.stringContaining(
        "'archive.bucket' must be at most 51 characters: names of further buckets are made of it",
      ),
    ]);
  });

  test.each(["example-archive-access-logs", "example-archive-athena"])(
    "of the archive, such as %s, hold no state",
    (bucket) => {
      expect(s3(`account: log-archive, bucket: ${bucket}`)).toEqual([
        expect.stringContaining(
          `'state.bucket' must be another bucket than those that the stack log-archive creates, got '${bucket}'`,
        ),
      ]);
    },
  );
});

describe("the account that owns the state", () => {
  test("exists", () => {
    expect(s3("account: log-archive, bucket: example-state")).toEqual([]);
  });

  test("gets a suggestion if misspelt", () => {
    expect(s3("account: log-archiv, bucket: example-state")).toEqual([
      "'state.account' must be the name of an account of the organization, got 'log-archiv' (at organization.yaml:4:32); did you mean 'log-archive'?",
    ]);
  });

  test("may be the account of an invalid file", () => {
    const text = ORGANIZATION.replace("backend: local", "backend: s3, account: zoo, bucket: example-state");
    expect(complaints({ "organization.yaml": text, "zoo.yaml": "a: b: c" })).toEqual([
      expect.stringContaining("'zoo.yaml' must be valid YAML"),
    ]);
  });

  test("is checked although another setting is invalid", () => {
    expect(s3("account: elsewhere, bucket: example-state", "localAws: 1\n")).toEqual([
      expect.stringContaining("'state.account' must be"),
      expect.stringContaining("'localAws' must be"),
    ]);
  });

  test("does not keep state in the archive", () => {
    expect(s3("account: log-archive, bucket: example-archive")).toEqual([
      "'state.bucket' must be another bucket than archive.bucket: the archive is locked, state changes, got 'example-archive' (at organization.yaml:4:53)",
    ]);
  });
});

describe("the role that may delete state", () => {
  const refusal = (column: number, role: string) =>
    `'state.breakGlassRole' must be another role than the one that deploys: else every deployment may delete state, got '${role}' (at organization.yaml:4:${column})`;

  test("must differ from the organization's deployment role", () => {
    expect(
      s3("account: log-archive, bucket: example-state, breakGlassRole: Deploy", "deploymentRole: Deploy\n"),
    ).toEqual([refusal(84, "Deploy")]);
    expect(
      s3("account: log-archive, bucket: example-state, breakGlassRole: Other", "deploymentRole: Deploy\n"),
    ).toEqual([]);
  });

  test("must differ from the account's deployment role, which takes precedence", () => {
    const state = "backend: s3, account: workloads, bucket: example-state, breakGlassRole";
    const withRole = (role: string) =>
      complaints({
        "organization.yaml": ORGANIZATION.replace("backend: local", `${state}: ${role}`),
        "workloads.yaml": `${MEMBER}deploymentRole: Narrow\n`,
      });
    expect(withRole("Narrow")).toEqual([refusal(82, "Narrow")]);
    expect(withRole("OrganizationAccountAccessRole")).toEqual([]);
  });

  test("may be any in the management account, which has no deployment role unless given", () => {
    expect(s3("account: management, bucket: example-state, breakGlassRole: OrganizationAccountAccessRole")).toEqual([]);
  });
});

describe("the archive", () => {
  const archive = (settings: string) =>
    complaints({ "organization.yaml": ORGANIZATION.replace("example-archive", `example-archive, ${settings}`) });

  test.each([
    ["colderStorageAfterDays: 364", []],
    ["objectLock: { retentionDays: 91 }", []],
    [
      "colderStorageAfterDays: 365",
      [
        "'archive.colderStorageAfterDays' must be less than archive.objectLock.retentionDays, which is 365: objects expire after it, got '365' (at organization.yaml:3:61)",
      ],
    ],
    [
      "objectLock: { retentionDays: 90 }",
      [
        "'archive.colderStorageAfterDays' must be less than archive.objectLock.retentionDays, which is 90: objects expire after it, got '90' (at organization.yaml:3:1); that is its default: give a smaller one",
      ],
    ],
  ])("moves objects to colder storage before they expire: %s", (settings, expected) => {
    expect(archive(settings)).toEqual(expected);
  });

  test("has a break-glass role other than the one that deploys to its account", () => {
    const withRole = (role: string) =>
      complaints({
        "organization.yaml": `${ORGANIZATION.replace("example-archive", `example-archive, breakGlassRole: ${role}`)}deploymentRole: Deploy\n`,
      });
    expect(withRole("Deploy")).toEqual([
      expect.stringMatching(
        /^'archive\.breakGlassRole' must be another role than the one that deploys: .* got 'Deploy' \(at organization\.yaml:3:\d+\)$/,
      ),
    ]);
    expect(withRole("BreakGlass")).toEqual([]);
  });
});

describe("lists", () => {
  test("further regions are others than the home region", () => {
    expect(organization("furtherRegions: [eu-central-1, eu-west-1]\n")).toEqual([
      "'furtherRegions[1]' must be another region than homeRegion, got 'eu-west-1' (at organization.yaml:6:32)",
    ]);
  });

  test("us-east-1 may be named although it is always watched", () => {
    expect(organization("furtherRegions: [us-east-1]\n")).toEqual([]);
  });

  test.each([
    ["furtherRegions: [eu-central-1, eu-north-1, eu-central-1]", "furtherRegions[2]"],
    ["trail: { insights: [ApiCallRateInsight, ApiCallRateInsight] }", "trail.insights[1]"],
    [
      "trail: { dataEvents: [{ resourceType: AWS::S3::Object }, { resourceType: AWS::S3::Object }] }",
      "trail.dataEvents[1].resourceType",
    ],
    [
      "trail: { logFileNotifications: { enabled: true, subscribers: { email: [a@example.com, a@example.com] } } }",
      "trail.logFileNotifications.subscribers.email[1]",
    ],
  ])("name nothing twice: %s", (line, property) => {
    expect(organization(`${line}\n`)).toEqual([
      expect.stringMatching(`^'${escape(property)}' must be listed once, got '`),
    ]);
  });

  test.each([
    [
      "a type may be listed with and without alarms",
      "[{ resourceType: AWS::S3::Object }, { resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/'], alarms: true }]",
      undefined,
    ],
    [
      "alarms on all resources leave none for the other entry",
      "[{ resourceType: AWS::S3::Object }, { resourceType: AWS::S3::Object, alarms: true }]",
      "'trail.dataEvents[1]' must choose resources by includeArns",
    ],
    [
      "two entries with alarms are one too many",
      "[{ resourceType: AWS::S3::Object, alarms: true }, { resourceType: AWS::S3::Object, alarms: true }]",
      "'trail.dataEvents[1].resourceType' must be listed once",
    ],
    [
      "alarms need a type that detections evaluate",
      "[{ resourceType: AWS::SNS::Topic, alarms: true }]",
      "'trail.dataEvents[0].resourceType' must be a type that pack data-events evaluates",
    ],
    [
      "resources are named by ARN",
      "[{ resourceType: AWS::S3::Object, includeArns: [customer-records], alarms: true }]",
      "'trail.dataEvents[0].includeArns[0]' must be the beginning of an ARN",
    ],
    [
      "CloudTrail knows no wildcards",
      "[{ resourceType: AWS::S3::Object, excludeArns: ['arn:aws:s3:::logs-*'] }]",
      "'trail.dataEvents[0].excludeArns[0]' must hold no '*'",
    ],
    [
      "resources are of the entry's type",
      "[{ resourceType: AWS::DynamoDB::Table, includeArns: ['arn:aws:s3:::a/'], alarms: true }]",
      "'trail.dataEvents[0].includeArns[0]' must begin like the ARNs of AWS::DynamoDB::Table: arn:aws:dynamodb:",
    ],
    [
      "a part of the type's ARNs is enough",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3'] }]",
      undefined,
    ],
    [
      "each resource is listed once",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/', 'arn:aws:s3:::a/'] }]",
      "'trail.dataEvents[0].includeArns[1]' must be listed once",
    ],
    [
      "what is chosen is not left out",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/x/'], excludeArns: ['arn:aws:s3:::a/'] }]",
      "'trail.dataEvents[0].includeArns[0]' must not be left out again by excludeArns",
    ],
    [
      "a part of what is chosen may be left out",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/'], excludeArns: ['arn:aws:s3:::a/x/'] }]",
      undefined,
    ],
    [
      "what is not chosen cannot be left out",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::a/'], excludeArns: ['arn:aws:s3:::b/'] }]",
      "'trail.dataEvents[0].excludeArns[0]' must begin like one of includeArns",
    ],
    [
      "the archive is never recorded",
      "[{ resourceType: AWS::S3::Object, includeArns: ['arn:aws:s3:::example-archive/AWSLogs/'], alarms: true }]",
      "'trail.dataEvents[0].includeArns[0]' must be another bucket than those of the archive and the state",
    ],
  ])("data events: %s", (_what, entries, problem) => {
    const expected = problem === undefined ? [] : [expect.stringContaining(problem)];
    expect(organization(`trail: { dataEvents: ${entries} }\n`)).toEqual(expected);
  });

  test("subscribers of log files are not ignored if 'enabled' is missing", () => {
    const settings = (enabled: string) =>
      organization(`trail: { logFileNotifications: { ${enabled}subscribers: { email: [a@example.com] } } }\n`);
    expect(settings("")).toEqual([
      "'trail.logFileNotifications.enabled' must be given with subscribers: it is false by default, and no message is sent, got nothing (at organization.yaml:6:10)",
    ]);
    expect(settings("enabled: true, ")).toEqual([]);
    expect(settings("enabled: false, ")).toEqual([]);
  });

  test("of subscribers and of readers name nothing twice", () => {
    const arn = "arn:aws:iam::111122223333:role/reader";
    const text = ORGANIZATION.replace(
      "[security@example.com]",
      "[a@example.com, b@example.com, a@example.com]",
    ).replace("example-archive", `example-archive, readerRoleArns: ["${arn}", "${arn}"]`);
    expect(complaints({ "organization.yaml": text })).toEqual([
      `'archive.readerRoleArns[1]' must be listed once, got '${arn}' (at organization.yaml:3:95)`,
      "'notifications.alerts.email[2]' must be listed once, got 'a@example.com' (at organization.yaml:5:66)",
    ]);
  });
});

function escape(text: string): string {
  return text.replace(/[[\].]/g, "\\$&");
}

describe("the alert hub", () => {
  const withHub = (hub: string, more = "") => ({ "organization.yaml": `${ORGANIZATION}alertHub: ${hub}\n${more}` });

  test("is in an account of the organization", () => {
    expect(complaints(withHub("{ account: management }"))).toEqual([]);
    expect(complaints(withHub("{ account: managment }"))).toEqual([
      "'alertHub.account' must be the name of an account of the organization, got 'managment' (at organization.yaml:6:22); did you mean 'management'?",
    ]);
  });

  test("requires subscribers of the organization, even if accounts have their own", () => {
    const own = "notifications: { alerts: { email: [own@example.com] } }\n";
    const files = {
      "organization.yaml": `${ORGANIZATION.replace("email: [security@example.com]", "email: []")}alertHub: { account: management }\n`,
      "management.yaml": `${account("management", "111122223333", "management")}${own}`,
      "log-archive.yaml": `${account("log-archive", "222233334444", "log-archive")}${own}`,
      "workloads.yaml": `${MEMBER}${own}`,
    };
    expect(complaints(files)).toEqual([expect.stringContaining("'notifications.alerts' must name at least one")]);
  });

  test("leaves accounts without 'notifications' without subscribers of their own", () => {
    const { accounts } = load(withHub("{ account: management }"));
    expect(accounts.map(({ notifications }) => notifications.alerts.email)).toEqual([[], [], []]);
  });

  test.each([
    ["a workspace's name", "slack: { workspaceId: acme-inc, channelId: C07EZ1ABC23 }", "workspaceId"],
    [
      "a tenant's name",
      "teams: { tenantId: acme, teamId: 6ba7b810-9dad-41d1-80b4-00c04fd430c8, channelId: x }",
      "tenantId",
    ],
  ])("has no chat of %s", (_what, chat, setting) => {
    expect(complaints(withHub(`{ account: management, chat: { ${chat} } }`))).toEqual([
      expect.stringContaining(`${setting}' must be`),
    ]);
  });
});
