import { apiCall, assumedRole } from "../../../../detections/example-record";
import { FILTER, GROUP, INPUT, logged, read } from "./reading";

const READ = apiCall("secretsmanager", "GetSecretValue", {
  userIdentity: assumedRole("Developer", "alice"),
  eventTime: "2026-11-22T17:00:00Z",
  sourceIPAddress: "203.0.113.7",
  requestParameters: { secretId: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:MyProjectSecrets-AbCdEf" },
  recipientAccountId: "333333333333",
});
const at = (time: string, changes: object = {}) => ({ ...READ, eventTime: `2026-11-22T${time}Z`, ...changes });

test("the events of the alarm's filters, with who did what", async () => {
  const { found, calls, execution } = await read({
    pages: () => ({ Events: logged(at("17:00:00"), at("17:01:00"), at("16:59:30", { errorCode: "AccessDenied" })) }),
  });
  expect(execution.reason).toBe("Found");
  expect(calls).toEqual([
    {
      api: "describeMetricFilters",
      args: { MetricName: "watched-secret-reads", MetricNamespace: "Trailwatch", Limit: 50 },
      roleArn: "arn:aws:iam::333333333333:role/trailwatch-alert-details",
    },
    {
      api: "filterLogEvents",
      args: {
        LogGroupName: GROUP,
        FilterPattern: FILTER.FilterPattern,
        StartTime: INPUT.from,
        EndTime: INPUT.to - 1,
        Limit: 20,
      },
      roleArn: "arn:aws:iam::333333333333:role/trailwatch-alert-details",
    },
  ]);
  const event = {
    principal: "alice (assumed-role/Developer of 111122223333)",
    service: "secretsmanager.amazonaws.com",
    call: "GetSecretValue",
    resource: "MyProjectSecrets",
    address: "203.0.113.7",
    region: "eu-west-1",
    account: "333333333333",
    mfa: "",
  };
  expect(found).toEqual({
    count: 3,
    isComplete: true,
    logGroup: GROUP,
    pattern: FILTER.FilterPattern,
    from: INPUT.from,
    to: INPUT.to,
    principals: ["alice (assumed-role/Developer of 111122223333)"],
    principalCount: 1,
    events: [
      { ...event, time: "2026-11-22T16:59:30Z", count: 1, result: "AccessDenied" },
      { ...event, time: "2026-11-22T17:00:00Z", count: 2, result: "ok" },
    ],
  });
});

/** Pages by their tokens: `"1"` follows the first page. */
const paged =
  (...pages: readonly (readonly object[])[]) =>
  ({ NextToken }: Readonly<Record<string, unknown>>) => {
    const index = Number(NextToken ?? 0);
    return { Events: pages[index], ...(index + 1 < pages.length ? { NextToken: String(index + 1) } : {}) };
  };

test("empty pages are read past", async () => {
  const { found, calls } = await read({ pages: paged([], [], logged(at("17:00:00")), []) });
  expect(calls.map(({ args }) => args["NextToken"])).toEqual([undefined, undefined, "1", "2", "3"]);
  expect(found).toMatchObject({ count: 1, isComplete: true });
});

test("several filters that feed one metric are pieces of one detection", async () => {
  const filters = ["a", "b", "c"].map((FilterPattern) => ({ LogGroupName: GROUP, FilterPattern }));
  const { found, calls } = await read({
    filters,
    pages: ({ FilterPattern }) => ({
      Events: FilterPattern === "a" ? [] : logged(at(FilterPattern === "b" ? "17:02:00" : "17:01:00")),
    }),
  });
  expect(calls.slice(1).map(({ args }) => args["FilterPattern"])).toEqual(["a", "b", "c"]);
  expect(found).toMatchObject({ count: 2, isComplete: true, pattern: "b" });
  expect(found.events).toEqual([expect.objectContaining({ time: "2026-11-22T17:01:00Z", count: 2 })]);
});

test("a filter of another log group is not read: the account may have added it", async () => {
  const foreign = ["/other", "/aws/events/trailwatch-x", "x/trailwatch/y"].map((LogGroupName) => ({
    LogGroupName,
    FilterPattern: "x",
  }));
  const own = { LogGroupName: "/trailwatch/management/organization-trail", FilterPattern: "own" };
  const { calls } = await read({ filters: [...foreign, own] });
  expect(calls.slice(1).map(({ args }) => args["LogGroupName"])).toEqual([own.LogGroupName]);
  const { problem } = await read({ filters: foreign });
  expect(problem).toBe("no metric filter of the account writes metric Trailwatch/watched-secret-reads");
});

test("principals and events are the most frequent and the first, five at most", async () => {
  const by = (name: string, time: string) =>
    at(time, { userIdentity: { type: "IAMUser", userName: name }, eventName: `Call${time}` });
  const records = ["a", "b", "c", "d", "e", "f", "g"].flatMap((name, index) =>
    Array.from({ length: index + 1 }, (_, time) => by(name, `17:0${index}:0${time}`)),
  );
  const { found } = await read({ pages: () => ({ Events: logged(...records.reverse()) }) });
  expect(found).toMatchObject({ count: 28, principals: ["g", "f", "e", "d", "c"], principalCount: 7 });
  expect(found.events.map(({ time }) => time.slice(11, 19))).toEqual([
    ...["17:00:00", "17:01:00", "17:01:01", "17:02:00", "17:02:01"],
  ]);
});

describe("reading is bounded", () => {
  const endless = (events: readonly object[]) => () => ({ Events: events, NextToken: "next" });

  test("ten pages of a filter, twenty of all", async () => {
    const filters = ["a", "b", "c"].map((FilterPattern) => ({ LogGroupName: GROUP, FilterPattern }));
    const { calls, found } = await read({ filters, pages: endless(logged(at("17:00:00"))) });
    expect(calls.slice(1).map(({ args }) => args["FilterPattern"])).toEqual([
      ...Array.from({ length: 10 }, () => "a"),
      ...Array.from({ length: 10 }, () => "b"),
    ]);
    expect(found).toMatchObject({ count: 20, isComplete: false });
    expect((await read({ pages: endless(logged(at("17:00:00"))) })).found).toMatchObject({ isComplete: false });
  });

  test("some seconds", async () => {
    let now = INPUT.to;
    const { calls, found } = await read({
      now: () => now,
      pages: () => {
        now += 2000;
        return endless(logged(at("17:00:00")))();
      },
    });
    expect(calls).toHaveLength(1 + 3);
    expect(found).toMatchObject({ count: 3, isComplete: false });
  });

  test("what is kept of a thousand different events fits into a variable", async () => {
    const wide = "é".repeat(1000);
    const page = (call: number) =>
      logged(...Array.from({ length: 20 }, (_, index) => at("17:00:00", { eventName: `${call}-${index}${wide}` })));
    const { found, execution } = await read({
      now: () => 0,
      pages: (_args, call) => ({ Events: page(call), NextToken: "next" }),
    });
    expect(execution.reason).toBe("Found");
    expect(found).toMatchObject({ count: 200, isComplete: false });
    expect(Buffer.byteLength(JSON.stringify(found))).toBeLessThan(64 * 1024);
  });

  test("a page of more than 256 KiB ends the execution, and the hub asks again for single events", async () => {
    const huge = at("17:00:00", { requestParameters: { policyDocument: '"'.repeat(100_000) } });
    const { execution } = await read({ pages: () => ({ Events: logged(huge) }) });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });
});

describe("whatever fails is a problem in one line", () => {
  const failing = (error: Error) => () => Promise.reject(error);

  test("no events match, as after a state that was set by hand", async () => {
    expect((await read({})).problem).toContain("no event in the log group matches");
  });

  test("the first page fails", async () => {
    const { problem, execution } = await read({ pages: failing(new Error("denied\nby ".repeat(200))) });
    expect(execution.succeeded).toBe(true);
    expect(problem).toMatch(/^reading the events: States.TaskFailed: denied by .{100,300}$/);
  });

  test("a later page fails: what was read is kept", async () => {
    const { found } = await read({
      pages: (_args, call) =>
        call === 0 ? { Events: logged(at("17:00:00")), NextToken: "next" } : Promise.reject(new Error("x")),
    });
    expect(found).toMatchObject({ count: 1, isComplete: false });
  });

  test("a log event is not JSON", async () => {
    const { problem } = await read({ pages: () => ({ Events: [{ Message: "{x}", Timestamp: 1 }] }) });
    expect(problem).toMatch(/^reading the events: States.QueryEvaluationError/);
  });

  test("no events raise the alarm: nothing is read, and there is no problem", async () => {
    const { calls, problem } = await read({ input: { ...INPUT, namespace: "" } });
    expect(calls).toEqual([]);
    expect(problem).toBe("");
  });
});
