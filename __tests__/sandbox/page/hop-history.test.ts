import { HopHistory } from "../../../sandbox/page/hop-history";
import type { HopEvent } from "../../../sandbox/signal-path/hop-event";
import { FakeSignalPath } from "./fake-signal-path";

function historyOf(play: (path: FakeSignalPath) => void, most?: number): HopHistory {
  const history = new HopHistory(most);
  const path = new FakeSignalPath();
  path.signalPath.onHop((event) => {
    history.add(event);
  });
  play(path);
  return history;
}

test("counts the records that a detection watches for, and no others", () => {
  const { counts } = historyOf((path) => {
    path.log({ eventId: "a" });
    path.stopAtFeed("b");
    path.readSecret({ eventId: "c" });
    path.readSecret({ eventId: "d" });
  });
  const both = { passed: 2, stopped: 0 };
  expect(counts).toMatchObject({
    "API call": both,
    CloudTrail: both,
    feed: both,
    "log group": both,
    "metric filter": both,
    metric: both,
    subscriber: { passed: 0, stopped: 0 },
  });
});

test("counts a watched record that a feed holds back at that feed", () => {
  const history = new HopHistory();
  const path = new FakeSignalPath();
  path.signalPath.onHop((event) => {
    history.add(event.hop === "API call" ? { ...event, kind: "watched" } : event);
  });
  path.stopAtFeed("a");
  path.readSecret({ eventId: "b" });
  const { counts } = history;
  expect(counts).toMatchObject({
    CloudTrail: { passed: 2, stopped: 0 },
    feed: { passed: 1, stopped: 1 },
    "log group": { passed: 1, stopped: 0 },
  });
});

test("counts a record once that passes several feeds and filters", () => {
  const history = historyOf((path) => {
    path.readSecret({ eventId: "a" });
  });
  const match = history.events.find(({ hop }) => hop === "metric filter") as HopEvent;
  history.add(match);
  for (const event of history.events.filter(({ hop }) => hop === "feed" || hop === "log group")) history.add(event);
  for (const hop of ["feed", "log group", "metric filter", "metric"]) {
    expect(history.counts[hop]).toEqual({ passed: 1, stopped: 0 });
  }
});

test("lists why things stop, the latest first, each reason once", () => {
  const { stops } = historyOf((path) => {
    path.stopAtFeed("a");
    path.raiseAlarm();
    path.stopAtFeed("b");
  });
  expect(stops.map(({ hop, count }) => [hop, count])).toEqual([
    ["feed", 2],
    ["subscriber", 1],
  ]);
  expect(stops[1]?.reason).toContain("the subscription is pending");
});

test("counts what goes through the alert hub, and why it does not", () => {
  const refusal = "the policy of event bus trailwatch-alerts does not allow a-role";
  const { counts, stops } = historyOf((path) => {
    path.forward();
    path.forward(refusal);
  });
  expect(counts).toMatchObject({
    forwarding: { passed: 1, stopped: 1 },
    "alert hub": { passed: 1, stopped: 0 },
    topic: { passed: 1, stopped: 0 },
  });
  expect(stops).toMatchObject([{ hop: "forwarding", reason: refusal }]);
});

test("counts alarms that go off, not those that settle or are over", () => {
  const history = historyOf((path) => {
    path.raiseAlarm();
  });
  const raised = history.events.find(({ hop }) => hop === "alarm") as HopEvent & { hop: "alarm" };
  history.add({ ...raised, from: "INSUFFICIENT_DATA", to: "OK", actions: [] });
  history.add({ ...raised, from: "ALARM", to: "OK", actions: [] });
  expect(history.counts["alarm"]).toEqual({ passed: 1, stopped: 0 });
  history.add({ ...raised, actions: [] });
  expect(history.counts["alarm"]).toEqual({ passed: 1, stopped: 1 });
});

test("forgets old events, and no count", () => {
  const { events, counts } = historyOf((path) => {
    for (let index = 0; index < 50; index += 1) path.readSecret({ eventId: `event-${index}` });
  }, 20);
  expect(events.length).toBeGreaterThanOrEqual(20);
  expect(events.length).toBeLessThanOrEqual(25);
  expect(events.at(-1)).toMatchObject({ hop: "metric" });
  expect(counts["API call"]?.passed).toBe(50);
});

test("forgets the reason not seen for longest when there are many", () => {
  const history = historyOf((path) => {
    path.raiseAlarm();
  });
  const [stopped] = history.events.filter(({ hop }) => hop === "subscriber") as (HopEvent & { hop: "subscriber" })[];
  if (stopped === undefined) throw new Error("no subscriber event");
  for (let index = 0; index < 50; index += 1) history.add({ ...stopped, reason: `reason ${index}` });
  expect(history.stops).toHaveLength(50);
  expect(history.stops.at(-1)?.reason).toContain("reason 0");
});

test("lists no rules whose patterns are for other calls, but those that are disabled", () => {
  const history = new HopHistory();
  const path = new FakeSignalPath();
  for (const reason of ['its pattern requires {"detail":{"eventName":["StopLogging"]}}', "the rule is disabled"]) {
    path.signalPath.onHop((event) => {
      history.add(event.hop === "feed" ? { ...event, reason } : event);
    });
  }
  path.stopAtFeed("a");
  expect(history.stops.map(({ reason }) => reason)).toEqual([expect.stringMatching(/: the rule is disabled$/)]);
});
