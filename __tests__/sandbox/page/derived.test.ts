import { AlarmChronicle } from "../../../sandbox/page/derived/alarm-chronicle";
import { BlindSpots } from "../../../sandbox/page/derived/blind-spots";
import { resourcesOf } from "../../../sandbox/page/derived/resource";
import { WatchedRecords } from "../../../sandbox/page/derived/watched-records";
import { Runbooks } from "../../../sandbox/page/runbooks";
import type { WholeAccount } from "../../../sandbox/signal-path/deployed/deployed-account";
import type { CallHop, HopEvent } from "../../../sandbox/signal-path/hop-event";
import { account, alarm, filter, rule, trail } from "./deployed-accounts";
import { ADDRESS, FakeSignalPath, TOPIC } from "./fake-signal-path";

const ACCOUNT = "111122223333";
const NOW = Date.parse("2026-11-30T03:31:00Z");

function callOf(play: (path: FakeSignalPath) => void): CallHop {
  const path = new FakeSignalPath(() => NOW);
  const events: HopEvent[] = [];
  path.signalPath.onHop((event) => events.push(event));
  play(path);
  return events.find((event): event is CallHop => event.hop === "API call") as CallHop;
}

type Parts = Partial<WholeAccount>;
const healthy = {
  trails: [trail("t")],
  rules: [rule("r"), rule("r-2")],
  filters: [filter("f", "{ $.a = 1 }")],
  alarms: [alarm("a")],
};

describe("blind spots", () => {
  test.each<[name: string, call: [string, object, string], after: Parts, expected: object]>([
    [
      "a stopped trail",
      ["StopLogging", { name: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t" }, "cloudtrail"],
      { trails: [trail("t", { isLogging: false })] },
      { hop: "CloudTrail", problem: "stopped" },
    ],
    [
      "a deleted trail",
      ["DeleteTrail", { name: "t" }, "cloudtrail"],
      { trails: [] },
      { hop: "CloudTrail", problem: "deleted" },
    ],
    [
      "a disabled rule",
      ["DisableRule", { name: "r" }, "events"],
      { rules: [rule("r", { state: "DISABLED" }), rule("r-2")] },
      { hop: "feed", name: "r", problem: "disabled" },
    ],
    [
      "a rule without its target",
      ["RemoveTargets", { rule: "r", ids: ["1"] }, "events"],
      { rules: [rule("r", { logGroups: [] }), rule("r-2")] },
      { hop: "feed", problem: "changed" },
    ],
    [
      "a deleted filter",
      ["DeleteMetricFilter", { logGroupName: "g", filterName: "f" }, "logs"],
      { filters: [] },
      { hop: "metric filter", problem: "deleted" },
    ],
    [
      "a filter whose log group is deleted",
      ["DeleteLogGroup", { logGroupName: "/aws/events/trailwatch" }, "logs"],
      { filters: [] },
      { hop: "metric filter", problem: "deleted" },
    ],
    [
      "disabled alarm actions",
      ["DisableAlarmActions", { alarmNames: ["b", "a"] }, "monitoring"],
      { alarms: [alarm("a", { actionsEnabled: false })] },
      { hop: "alarm", problem: "actions disabled" },
    ],
    [
      "a replaced alarm",
      ["PutMetricAlarm", { alarmName: "a" }, "monitoring"],
      { alarms: [alarm("a", { threshold: 999 })] },
      { hop: "alarm", problem: "changed" },
    ],
  ])("%s, with its caller, until it is undone", (_name, [eventName, parameters, service], after, expected) => {
    const spots = new BlindSpots();
    expect(spots.update(resourcesOf(account(ACCOUNT, healthy)), NOW - 1000)).toEqual([]);
    expect(
      spots.see(
        callOf((path) => {
          path.change(eventName, parameters, { service });
        }),
      ),
    ).toBe(true);
    const blind = spots.update(resourcesOf(account(ACCOUNT, { ...healthy, ...after })), NOW + 5000);
    expect(blind).toMatchObject([{ ...expected, since: NOW, by: { principal: "mallory", call: eventName } }]);
    expect(spots.update(resourcesOf(account(ACCOUNT, { ...healthy, ...after })), NOW + 9000)).toEqual(blind);
    expect(spots.update(resourcesOf(account(ACCOUNT, healthy)), NOW + 10_000)).toEqual([]);
  });

  test("are seen without their call, from the time at which they were noticed", () => {
    const spots = new BlindSpots();
    spots.update(resourcesOf(account(ACCOUNT, healthy)), NOW);
    spots.see(
      callOf((path) => {
        path.change("StopLogging", { name: "another-t" });
      }),
    );
    const after = resourcesOf(account(ACCOUNT, { ...healthy, trails: [] }));
    expect(spots.update(after, NOW + 1)).toMatchObject([{ since: NOW + 1, by: undefined }]);
    expect(spots.update(after, NOW + 2)).toMatchObject([{ since: NOW + 1 }]);
  });

  test("name the call that changed what works again, not the one that turned it off", () => {
    const spots = new BlindSpots();
    spots.update(resourcesOf(account(ACCOUNT, healthy)), NOW);
    for (const [eventName, parameters] of [
      ["PutEventSelectors", { trailName: "t" }],
      ["StopLogging", { name: "t" }],
    ] as const) {
      const call = callOf((path) => {
        path.change(eventName, parameters);
      });
      spots.see(call);
    }
    const narrowed = trail("t", { isMultiRegion: false, isLogging: false });
    const stopped = spots.update(resourcesOf(account(ACCOUNT, { ...healthy, trails: [narrowed] })), NOW);
    expect(stopped).toMatchObject([{ problem: "stopped", by: { call: "StopLogging" } }]);
    const again = { ...healthy, trails: [{ ...narrowed, isLogging: true }] };
    expect(spots.update(resourcesOf(account(ACCOUNT, again)), NOW)).toMatchObject([
      { problem: "changed", by: { call: "PutEventSelectors" } },
    ]);
  });

  test("are none where the deployment changes what it deployed", () => {
    const spots = new BlindSpots();
    spots.update(resourcesOf(account(ACCOUNT, healthy)), NOW);
    const userAgent = "APN/1.0 HashiCorp/1.0 Terraform/1.11.4";
    spots.see(
      callOf((path) => {
        path.change("PutMetricAlarm", { alarmName: "a" }, { service: "monitoring", userAgent });
      }),
    );
    const after = resourcesOf(account(ACCOUNT, { ...healthy, alarms: [alarm("a", { threshold: 9 })] }));
    expect(spots.update(after, NOW)).toEqual([]);
    expect(spots.update(after, NOW)).toEqual([]);
  });
});

test("a record is watched, the sandbox's own or another", () => {
  const watched = new WatchedRecords();
  watched.add([{ account: ACCOUNT, pattern: '{ $.detail.eventName = "StopLogging" }' }]);
  const record = (eventName: string, userAgent?: string) =>
    callOf((path) => {
      path.change(eventName, {}, { userAgent });
    }).record;
  expect(watched.kindOf(record("StopLogging"))).toBe("watched");
  expect(watched.kindOf(record("StartLogging"))).toBe("other");
  expect(watched.kindOf(record("StartLogging", "HashiCorp/1.0 Terraform/1.11.4"))).toBe("own");
  expect(watched.kindOf({ eventName: "no record" })).toBe("other");
});

describe("the alarm chronicle", () => {
  function chronicleOf(play: (path: FakeSignalPath) => void): AlarmChronicle {
    const path = new FakeSignalPath();
    const chronicle = new AlarmChronicle({
      accounts: path.accounts,
      alarms: () => path.alarms(),
      mails: () => path.mailbox.messages(),
      runbookOf: (detection) => `/runbooks/${detection}`,
    });
    path.signalPath.onHop((event) => chronicle.add(event));
    play(path);
    return chronicle;
  }

  test("holds severity, events, message, subscribers, mail and runbook of each change", () => {
    const { entries } = chronicleOf((path) => {
      path.subscribe();
      const [mail] = path.mailbox.messages();
      path.mailbox.confirmToken(new URL(mail?.confirmLink ?? "").searchParams.get("token") ?? "");
      path.log({ eventId: "other" });
      for (const eventId of ["a", "b", "c"]) path.readSecret({ eventId });
      path.raiseAlarm();
      path.endAlarm();
    });
    expect(entries).toMatchObject([
      { to: "OK", severity: "high", records: [] },
      {
        to: "ALARM",
        severity: "high",
        detection: "watched-secret-reads",
        runbook: "/runbooks/watched-secret-reads",
        records: ["a", "b", "c"],
        message: { subject: expect.stringMatching(/^ALARM: /) as string },
        receivers: [{ endpoint: ADDRESS, delivered: true, mail: 1 }],
      },
    ]);
    expect(entries[1]?.message?.text).toBe(
      'You are receiving this email because your alarm "trailwatch-workloads-production-watched-secret-reads" is in ALARM.',
    );
  });

  test("holds why a message did not arrive", () => {
    const { entries } = chronicleOf((path) => {
      path.raiseAlarm();
      path.forward("the policy does not allow it");
    });
    expect(entries).toMatchObject([{ problems: ["the policy does not allow it"], receivers: [{ delivered: false }] }]);
  });

  test("prefers the alert hub's message to CloudWatch's", () => {
    const { entries } = chronicleOf((path) => {
      path.raiseAlarm();
    });
    const [entry] = entries;
    if (entry === undefined) throw new Error("no entry");
    const chronicle = new AlarmChronicle({
      accounts: [],
      alarms: () => [],
      mails: () => [],
      runbookOf: () => undefined,
    });
    const own = { at: entry.at, account: entry.account, region: entry.region, alarm: entry.alarm };
    const topic = { ...own, hop: "topic", summary: "", topicArn: TOPIC, published: true, reason: "" } as const;
    chronicle.add({ ...own, hop: "alarm", summary: "", metricName: "m", from: "OK", to: "ALARM", reason: "", actions: [TOPIC] }); // prettier-ignore
    const fromHub = { subject: "[HIGH] payments: MyProjectSecrets read 5 times by alice", text: "alice read it" };
    chronicle.add({ ...topic, by: "alert hub", message: fromHub });
    chronicle.add({ ...topic, message: { subject: "ALARM", text: "Threshold Crossed" } });
    expect(chronicle.entries[0]?.message).toEqual(fromHub);
  });
});

test("runbooks are pages whose text is no markup", () => {
  const runbooks = new Runbooks();
  expect(runbooks.pathOf("trail-stopped")).toBe("/runbooks/trail-stopped");
  expect(runbooks.page("trail-stopped")).toContain("aws cloudtrail get-trail-status --name &lt;trail&gt;");
  expect(runbooks.pathOf("../../README")).toBeUndefined();
});
