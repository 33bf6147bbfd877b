import { explainOnPage } from "../../../sandbox/page/explain";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { FakeSignalPath, TOPIC } from "./fake-signal-path";

/** What became of event `a`: hop and outcome each, and all text. */
function explainedSteps(
  play: (path: FakeSignalPath) => void,
  change: (events: HopEvent[]) => HopEvent[] = (events) => events,
) {
  const path = new FakeSignalPath();
  const events: HopEvent[] = [];
  path.signalPath.onHop((event) => events.push(event));
  play(path);
  const hops = explainOnPage("a", change(events), path.alarms());
  return { steps: hops.map(({ hop, outcome }) => `${hop} ${outcome}`), text: hops.map(({ text }) => text).join("\n") };
}

const UP_TO_METRIC = [
  "API call passed",
  "CloudTrail passed",
  "feed passed",
  "log group passed",
  "metric filter passed",
  "metric passed",
];

test("follows an event to the mail", () => {
  const { steps, text } = explainedSteps((path) => {
    path.subscribe();
    const [mail] = path.mailbox.messages();
    path.mailbox.confirmToken(new URL(mail?.confirmLink ?? "").searchParams.get("token") ?? "");
    path.readSecret({ eventId: "a" });
    path.raiseAlarm();
  });
  expect(steps).toEqual([...UP_TO_METRIC, "alarm passed", "topic passed", "subscriber passed"]);
  expect(text).toContain("goes from OK to ALARM. Threshold Crossed");
});

test("explains why the subscriber gets no message", () => {
  const { steps, text } = explainedSteps((path) => {
    path.readSecret({ eventId: "a" });
    path.raiseAlarm();
  });
  expect(steps).toEqual([...UP_TO_METRIC, "alarm passed", "topic passed", "subscriber stopped"]);
  expect(text).toContain("the subscription is pending");
});

test("ends at a topic that rejects the message", () => {
  const { steps, text } = explainedSteps(
    (path) => {
      path.readSecret({ eventId: "a" });
      path.raiseAlarm();
    },
    (events) =>
      events
        .map((event) => (event.hop === "topic" ? { ...event, published: false, reason: "not authorized" } : event))
        .filter(({ hop }) => hop !== "subscriber"),
  );
  expect(steps.at(-1)).toBe("topic stopped");
  expect(text).toContain("trailwatch-alerts: not authorized");
});

test("ends at a feed that stops it, at which no log event follows", () => {
  const { steps, text } = explainedSteps((path) => {
    path.stopAtFeed("a");
  });
  expect(steps).toEqual(["API call passed", "CloudTrail passed", "feed stopped"]);
  expect(text).toContain("its pattern asks for another detail.eventName");
});

test("ends at metric filters that do not match", () => {
  const { steps } = explainedSteps((path) => {
    path.log({ eventId: "a" });
    path.readSecret({ eventId: "b" });
  });
  expect(steps.slice(-2)).toEqual(["log group passed", "metric filter stopped"]);
});

test("waits below the threshold, and counts what the alarm counts", () => {
  const { steps, text } = explainedSteps((path) => {
    path.readSecret({ eventId: "a" });
    path.readSecret({ eventId: "b" });
  });
  expect(steps).toEqual([...UP_TO_METRIC, "alarm waiting"]);
  expect(text).toContain("2 within 300 s, its threshold is 3");
});

test("explains that an alarm in ALARM does not notify again", () => {
  const { steps, text } = explainedSteps((path) => {
    path.raiseAlarm();
    path.readSecret({ eventId: "a" });
  });
  expect(steps).toEqual([...UP_TO_METRIC, "alarm stopped"]);
  expect(text).toContain("was already in ALARM");
});

test("ignores the messages of other topics", () => {
  const { steps } = explainedSteps(
    (path) => {
      path.readSecret({ eventId: "a" });
      path.raiseAlarm();
    },
    (events) => events.map((event) => (event.hop === "topic" ? { ...event, topicArn: `${TOPIC}-other` } : event)),
  );
  expect(steps.at(-1)).toBe("topic waiting");
});

test("waits for CloudTrail, and for feeds", () => {
  const upTo = (count: number) =>
    explainedSteps(
      (path) => {
        path.log({ eventId: "a" });
      },
      (events) => events.slice(0, count),
    ).steps.at(-1);
  expect(upTo(1)).toBe("CloudTrail waiting");
  expect(upTo(2)).toBe("feed waiting");
  expect(upTo(3)).toBe("log group waiting");
});
