import { MEMBER, ORGANIZATION, account, complaints } from "../accounts-folder";

const member = (lines: string) => complaints({ "workloads.yaml": `${MEMBER}${lines}\n` });

describe("the feed", () => {
  const refusal = (file: string) =>
    `'feed' must be event-bus or account-trail: an organization trail writes to a log group of the management account only, got 'organization-trail' (at ${file}:4:7)`;

  test("of a member is not the organization trail", () => {
    expect(member("feed: organization-trail")).toEqual([refusal("workloads.yaml")]);
  });

  test("of the log-archive account is not the organization trail", () => {
    const text = `${account("log-archive", "222233334444", "log-archive")}feed: organization-trail\n`;
    expect(complaints({ "log-archive.yaml": text })).toEqual([refusal("log-archive.yaml")]);
  });

  test.each(["event-bus", "account-trail"])("of a member may be %s", (feed) => {
    expect(member(`feed: ${feed}`)).toEqual([]);
  });

  test("of the management account may be the organization trail", () => {
    const text = `${account("management", "111122223333", "management")}feed: organization-trail\n`;
    expect(complaints({ "management.yaml": text })).toEqual([]);
  });

  test("of an account with an unknown role is not checked", () => {
    const text = `${MEMBER.replace("member", "managemnt")}feed: organization-trail\n`;
    expect(complaints({ "workloads.yaml": text })).toEqual([expect.stringContaining("'role' must be one of")]);
  });
});

describe("a watched ARN", () => {
  const watch = (region: string, id: string) =>
    member(`secrets:\n  watch: ["arn:aws:secretsmanager:${region}:${id}:secret:db-*"]`);

  test("belongs to the account itself, in the home region", () => {
    expect(watch("eu-west-1", "333344445555")).toEqual([]);
  });

  test("of another account of the organization is reported, with that account's file", () => {
    expect(watch("eu-west-1", "111122223333")).toEqual([
      "'secrets.watch[0]' must be a secret of account 333344445555: a read is recorded in the secret's own account, got 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-*' (at workloads.yaml:5:11); watch it in management.yaml",
    ]);
  });

  test("of an account outside the organization is reported", () => {
    expect(watch("eu-west-1", "999999999999")).toEqual([
      expect.stringMatching(/; watch it in the file of its own account$/),
    ]);
  });

  test("of another region is refused", () => {
    expect(watch("eu-central-1", "333344445555")).toEqual([
      "'secrets.watch[0]' must be a secret of the home region, eu-west-1, got 'arn:aws:secretsmanager:eu-central-1:333344445555:secret:db-*' (at workloads.yaml:5:11)",
    ]);
  });

  test("is not checked against an invalid id or region", () => {
    const watching = 'secrets: { watch: ["arn:aws:secretsmanager:eu-west-1:333344445555:secret:a"] }\n';
    const changes = {
      "organization.yaml": ORGANIZATION.replace("eu-west-1", "eu-west-9"),
      "workloads.yaml": `${MEMBER.replace("333344445555", "3333")}${watching}`,
    };
    expect(complaints(changes)).toEqual([
      expect.stringContaining("'homeRegion' must be a region"),
      "'id' must be 12 digits, got '3333' (at workloads.yaml:2:5)",
    ]);
  });
});

describe("secrets", () => {
  test("are created once", () => {
    expect(member("secrets:\n  create:\n    - name: A\n    - name: B\n    - name: A")).toEqual([
      "'secrets.create[2].name' must be listed once, got 'A' (at workloads.yaml:8:13)",
    ]);
  });

  test("are watched once", () => {
    expect(member("secrets:\n  watch: [a, b, a]")).toEqual([
      "'secrets.watch[2]' must be listed once, got 'a' (at workloads.yaml:5:17)",
    ]);
  });

  test("that are created need not be watched again", () => {
    expect(member("secrets: { create: [{ name: A }], watch: [A] }")).toEqual([
      "'secrets.watch[0]' must not be one of secrets.create: those are watched already, got 'A' (at workloads.yaml:4:43)",
    ]);
  });

  test("that are created may belong to a watched family", () => {
    expect(member("secrets: { create: [{ name: pay/a }], watch: [pay/*] }")).toEqual([]);
  });

  test("of the same name may exist in two accounts", () => {
    const secrets = "secrets: { create: [{ name: A }] }\n";
    const zoo = account("zoo", "555566667777") + secrets;
    expect(complaints({ "workloads.yaml": MEMBER + secrets, "zoo.yaml": zoo })).toEqual([]);
  });
});

test.each([
  ["email", "a@example.com"],
  ["https", "https://example.com/alerts"],
  ["sqs", "arn:aws:sqs:eu-west-1:333344445555:alerts"],
])("a subscriber by %s is named once for a topic", (kind, subscriber) => {
  const list = `    ${kind}:\n      - ${subscriber}\n`;
  const topics = `notifications:\n  alerts:\n${list}  notices:\n${list}`;
  expect(member(topics)).toEqual([]);
  expect(member(`${topics}      - ${subscriber}`)).toEqual([
    `'notifications.notices.${kind}[1]' must be listed once, got '${subscriber}' (at workloads.yaml:11:9)`,
  ]);
  expect(member(`notifications:\n  alerts:\n${list}      - ${subscriber}`)).toEqual([
    `'notifications.alerts.${kind}[1]' must be listed once, got '${subscriber}' (at workloads.yaml:8:9)`,
  ]);
});

test("the retention of a log group that the account does not have is not ignored", () => {
  const management = account("management", "111122223333", "management");
  const withFeed = (feed: string) => complaints({ "management.yaml": `${management}logRetentionDays: 731\n${feed}` });
  const complaint =
    "'logRetentionDays' must not be given on feed organization-trail: the account has no log group of its own, got '731' (at management.yaml:4:19); set trail.logRetentionDays in organization.yaml";
  expect(withFeed("")).toEqual([complaint]);
  expect(withFeed("feed: organization-trail\n")).toEqual([complaint]);
  expect(withFeed("feed: account-trail\n")).toEqual([]);
});
