import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResources } from "../../blindspots/path-resource";
import { findBlindspots } from "../../blindspots/blindspots";
import { synthesizeStacks } from "../../main";
import { readDeployment } from "../../signals";
import { readExpected } from "../../verification/expected/read-expected";
import { leastPrivilege } from "../../verification/least-privilege";
import { variantNamed } from "../support/variants";

const ON_CALL = "arn:aws:sns:eu-west-1:111111111111:on-call";
const TICKETS = "arn:aws:sns:eu-west-1:333333333333:tickets";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-topics-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const NAME = "an existing trail for other feeds, with trails of data events";
const organization = variantNamed(NAME).organization();
synthesizeStacks(organization, folder);
const deployment = readDeployment(folder);
const resources = readResources(folder);

describe("alarms that notify existing topics", () => {
  test("no topic, policy, subscription or key of theirs is created", () => {
    const types = ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"];
    const created = resources.filter(({ type, address }) => types.includes(type) && !address.includes(".existing"));
    expect(created).toEqual([]);
    const aliases = resources.filter(({ type }) => type === "aws_kms_alias").map(({ text }) => text("name"));
    expect(aliases).not.toContain("alias/trailwatch-topics");
    expect(aliases).not.toContain("alias/trailwatch-witness");
  });

  test("each alarm publishes to the topic of its severity, and to nothing else", () => {
    const actions = deployment.accounts.flatMap(({ alarms }) => alarms.flatMap(({ alarmActions }) => alarmActions));
    expect([...new Set(actions)].sort()).toEqual([ON_CALL, TICKETS]);
  });

  test("the witness publishes to the topic of its own account without a role", () => {
    const targets = resources.filter(
      ({ type, text }) => type === "aws_cloudwatch_event_target" && text("arn") === ON_CALL,
    );
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.filter((target) => "role_arn" in target.arguments)).toEqual([]);
  });
});

describe("what reads the synthesized stacks", () => {
  test("takes an existing topic for one with subscribers", () => {
    for (const { subscriptions } of deployment.accounts) {
      expect(subscriptions).toContainEqual({ topicArn: TICKETS, protocol: "topic", endpoint: TICKETS });
    }
  });

  test("verify knows whose they are, and may read them", () => {
    const expected = readExpected(folder, deployment, organization).get("111111111111");
    expect(expected?.topics.map(({ arn, existing }) => [arn, existing]).sort()).toEqual([
      [ON_CALL, true],
      [TICKETS, true],
    ]);
    const policy = JSON.stringify(leastPrivilege({ organization, live: false, notify: false }));
    expect(policy).toContain(ON_CALL);
  });

  test("calls that silence one are noticed in the account that owns it, by the organization's detections if not by its own", async () => {
    const topics = resources.filter(({ type }) => type === "aws_sns_topic");
    expect([...new Set(topics.map(({ account, region }) => `${account} ${region}`))].sort()).toEqual([
      "111111111111 eu-west-1",
      "333333333333 eu-west-1",
    ]);
    const { calls } = await findBlindspots(deployment, topics);
    const noticed = (account: string) =>
      calls.filter((call) => call.account === account && call.notified.length > 0).length;
    expect(noticed("workloads")).toBeGreaterThan(5);
  });
});
