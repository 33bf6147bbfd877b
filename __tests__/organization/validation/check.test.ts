import { MEMBER, ORGANIZATION, complaints } from "../accounts-folder";

const organization = (from: string, to: string) => complaints({ "organization.yaml": ORGANIZATION.replace(from, to) });
const member = (text: string) => complaints({ "workloads.yaml": MEMBER + text });

describe("an unknown setting", () => {
  test("is rejected at its key, with a suggestion", () => {
    expect(member("notifications:\n  alerts:\n    emial: [a@example.com]\n    email: [b@example.com]\n")).toEqual([
      "'notifications.alerts.emial' must be a known setting, got '[a@example.com]' (at workloads.yaml:6:5); did you mean 'email'?",
    ]);
  });

  test("is rejected with the known settings, if none is similar", () => {
    expect(member("secrets:\n  create:\n    - name: A\n      kmsKey: x\n")).toEqual([
      "'secrets.create[0].kmsKey' must be a known setting, got 'x' (at workloads.yaml:7:7); known here: name, description, recoveryWindowDays",
    ]);
  });

  test("is not also reported as missing under its correct name", () => {
    expect(organization("homeRegion", "homeRegoin")).toEqual([
      "'homeRegoin' must be a known setting, got 'eu-west-1' (at organization.yaml:2:1); did you mean 'homeRegion'?",
    ]);
  });

  test("does not leave a default that fails other rules", () => {
    const watching = { "workloads.yaml": `${MEMBER}secrets: { watch: [a] }\n` };
    const misspelt = ORGANIZATION.replace("notifications", "notification");
    expect(complaints({ ...watching, "organization.yaml": misspelt })).toEqual([
      "'notification' must be a known setting, got '{ alerts: { email: [security@example.com] } }' (at organization.yaml:5:1); did you mean 'notifications'?",
    ]);
  });

  test("is checked against the options of its own backend", () => {
    expect(organization("backend: local", "backend: local, bucket: b")).toEqual([
      "'state.bucket' must be a known setting, got 'b' (at organization.yaml:4:26); known here: backend",
    ]);
  });
});

test.each([
  ["Managment", "; did you mean 'management'?"],
  ["MEMBER", "; did you mean 'member'?"],
  ["logs", ")"],
  ["owner", ")"],
])("a role written %s is hinted at only when one is near", (role, end) => {
  const [complaint] = complaints({ "workloads.yaml": MEMBER.replace("member", role) });
  expect(complaint?.endsWith(end)).toBe(true);
});

describe("a required setting", () => {
  test("is reported at the top of the file", () => {
    expect(organization("homeRegion: eu-west-1", "# none")).toEqual([
      "'homeRegion' must be a region of the standard AWS partition, AWS GovCloud (US) or Amazon Web Services in China, got nothing (at organization.yaml:1:1)",
    ]);
  });

  test("is reported at the key of its map", () => {
    expect(organization("{ bucket: example-archive }", "\n  objectLock: {}")).toEqual([
      "'archive.bucket' must be given, or archive.existing, got nothing (at organization.yaml:3:1)",
    ]);
  });

  test("is reported at the entry of its list", () => {
    expect(member("secrets:\n  create:\n    - name: A\n    - description: x\n")).toEqual([
      "'secrets.create[1].name' must be given, got nothing (at workloads.yaml:7:7)",
    ]);
  });

  test("does not count as given without a value", () => {
    expect(organization("{ bucket: example-archive }", "\n  bucket:")).toEqual([
      "'archive.bucket' must have a value, got nothing (at organization.yaml:4:3)",
    ]);
  });
});

describe("a value of the wrong kind", () => {
  test.each([
    [
      "tags: { cost-center: 42 }",
      "'tags.cost-center' must be text: put it in quotes, got '42' (at organization.yaml:6:22)",
    ],
    ["tags: [a]", "'tags' must be a map of settings, got '[a]' (at organization.yaml:6:1)"],
    ["tags: { a: { b: c } }", "'tags.a' must be text, got '{ b: c }' (at organization.yaml:6:9)"],
    ["furtherRegions: us-east-1", "'furtherRegions' must be a list, got 'us-east-1' (at organization.yaml:6:17)"],
    ["localAws: yes", "'localAws' must be true or false, got 'yes' (at organization.yaml:6:11)"],
    ["trail:", "'trail' must have a value, got nothing (at organization.yaml:6:1)"],
    [
      "deploymentRole: ''",
      "'deploymentRole' must be an IAM role name: 1 to 64 letters, digits or '+=,.@_-', after its path if it has one, as security/Deployer, got '' (at organization.yaml:6:17)",
    ],
  ])("%s", (line, complaint) => {
    expect(complaints({ "organization.yaml": `${ORGANIZATION}${line}\n` })).toEqual([complaint]);
  });

  test("is shown as written if it is a number", () => {
    expect(complaints({ "workloads.yaml": MEMBER.replace('"333344445555"', "012345678901") })).toEqual([
      "'id' must be in quotes: YAML reads a number and drops leading zeros, got '012345678901' (at workloads.yaml:2:5)",
    ]);
  });

  test("a file that is no map", () => {
    expect(complaints({ "list.yaml": "# accounts\n- name: a\n" })).toEqual([
      "'list.yaml' must be a map of settings, got '- name: a' (at list.yaml:2:1)",
    ]);
  });

  test.each([
    [80, "x".repeat(80)],
    [81, `${"x".repeat(79)}…`],
  ])("a value of %d letters is shown as far as it helps", (length, shown) => {
    const [complaint] = member(`feed: ${"x".repeat(length)}\n`);
    expect(complaint).toContain(`got '${shown}' (at`);
  });

  test.each([
    ["payments ", "payments "],
    [" payments", " payments"],
    ["pay\u00a0ments", "pay\\u{a0}ments"],
    ["pay\u200bments", "pay\\u{200b}ments"],
    ["\u202estnemyap", "\\u{202e}stnemyap"],
    ["a".repeat(80), "a".repeat(80)],
    ["a".repeat(81), `${"a".repeat(79)}…`],
  ])("is shown to its ends: %j", (value, shown) => {
    const [complaint] = member(`feed: ${JSON.stringify(value)}\n`);
    expect(complaint).toContain(`got '${shown}' (at workloads.yaml:4:7)`);
  });

  test("is shown on one line, with control characters escaped", () => {
    expect(member('feed: "a\\n\\e[31mb"\n')).toEqual([
      "'feed' must be one of organization-trail, event-bus, account-trail, got 'a\\n\\u{1b}[31mb' (at workloads.yaml:4:7)",
    ]);
  });

  test("is reported at its anchor if it is an alias", () => {
    expect(member("secrets: &s\n  watch: ['a b']\nnotifications: { alerts: *s }\n")).toEqual([
      "'notifications.alerts.watch' must be a known setting, got '['a b']' (at workloads.yaml:5:3); known here: email, https, sqs, existing",
      "'secrets.watch[0]' must be a secret's name or ARN, where the last character may be '*', got 'a b' (at workloads.yaml:5:11)",
    ]);
  });
});

describe("the state backend", () => {
  const rule = "must name a backend: s3, cloud or local (there is no default)";

  test.each([
    ["state: { backend: local }", "# none", `'state' ${rule}, got nothing (at organization.yaml:1:1)`],
    ["{ backend: local }", "local", `'state' ${rule}, got 'local' (at organization.yaml:4:8)`],
    ["{ backend: local }", "{}", `'state.backend' ${rule}, got nothing (at organization.yaml:4:1)`],
    ["local", "locl", `'state.backend' ${rule}, got 'locl' (at organization.yaml:4:19); did you mean 'local'?`],
    ["local", "s3, bucket: abc", "'state.account' must be given, got nothing (at organization.yaml:4:1)"],
  ])("%s as %s", (from, to, complaint) => {
    expect(organization(from, to)).toEqual([complaint]);
  });

  test.each(["s3, account: log-archive, bucket: example-state", "cloud, organization: example", "local"])(
    "%s",
    (backend) => {
      expect(organization("local", backend)).toEqual([]);
    },
  );
});
