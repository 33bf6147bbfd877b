import { readDeployment } from "../../../../signals";
import { Evaluator } from "../../../../signals/replay/evaluation/evaluator";
import { Presence, presencesOf } from "../../../../signals/replay/prefilter/presence";
import { folderOf, stackWith, trail } from "../../deployment/terraform-folder";

const [evaluated] = new Evaluator(readDeployment(folderOf({ "main.tf.json": stackWith(trail()) }))).feeds;
const TIME = Date.parse("2026-01-15T09:30:00Z");

function presence(treatMissingData: "breaching" | "notBreaching", zeroes: boolean): Presence {
  if (evaluated === undefined) throw new Error("the deployment has a feed");
  const { feed, filters } = evaluated;
  const alarms = feed.account.alarms.map((alarm) => ({ ...alarm, treatMissingData }));
  return new Presence({ feed: { ...feed, account: { ...feed.account, alarms } }, zeroing: zeroes ? filters : [] });
}

test("makes no difference where no alarm waits and no filter adds zeros", () => {
  expect(presence("notBreaching", false).isNews(TIME)).toBe(false);
});

test("the last record counts where an alarm waits for events", () => {
  const waits = presence("breaching", false);
  waits.add(TIME);
  expect([TIME - 1, TIME, TIME + 1].map((time) => waits.isNews(time))).toEqual([false, false, true]);
});

test("the first record of each minute counts where a filter adds zeros", () => {
  const adds = presence("notBreaching", true);
  adds.add(TIME + 30_000);
  expect([TIME - 1, TIME, TIME + 59_999, TIME + 60_000].map((time) => adds.isNews(time))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test("feeds of one log group share their presence, those of two do not", () => {
  const group = "${aws_cloudwatch_log_group.group.arn}";
  const ruleTo = (log: string, number: string) => ({ [`rule${number}`]: { rule: number, arn: log } });
  const rule = (number: string) => ({ [`rule${number}`]: { name: number, event_pattern: '{"source":["aws.kms"]}' } });
  const resources = {
    aws_cloudwatch_event_rule: { ...rule("1"), ...rule("2"), ...rule("3") },
    aws_cloudwatch_event_target: {
      ...{ ...ruleTo(group, "1"), ...ruleTo(group, "2") },
      ...ruleTo("arn:aws:logs:eu-west-1:333333333333:log-group:/other", "3"),
    },
  };
  const { feeds } = new Evaluator(readDeployment(folderOf({ "main.tf.json": stackWith(resources) })));
  expect(feeds.map(({ feed }) => feed.logGroup)).toEqual(["/events", "/events", "/other"]);
  const [one, second, other] = presencesOf(feeds);
  expect(one).toBe(second);
  expect(one).not.toBe(other);
});
