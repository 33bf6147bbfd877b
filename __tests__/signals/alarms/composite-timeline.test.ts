import { AlarmError, compositeHistory, type StateHistory, type AlarmState } from "../../../signals";

/** A child that starts with OK, and its states by time. */
function child(states: Readonly<Record<number, AlarmState>> = {}): StateHistory {
  let from: AlarmState = "OK";
  const changes = Object.entries(states).map(([at, to]) => {
    const change = { at: Number(at), from, to, actions: ["the child's own"] };
    from = to;
    return change;
  });
  return { initialState: "OK", changes };
}

/** The changes as text: time, state, actions. */
function story(rule: string, children: Readonly<Record<string, StateHistory>>, more: object = {}): string[] {
  const alarm = { rule, alarmActions: ["page"], okActions: ["relief"], ...more };
  return compositeHistory(alarm, new Map(Object.entries(children))).changes.map(
    ({ at, to, actions }) => `${at} ${to} ${actions.join()}`,
  );
}

const one = child({ 1: "ALARM", 5: "OK" });
const other = child({ 3: "ALARM", 9: "OK" });

test("follows its children over time", () => {
  expect(story("ALARM(one) AND ALARM(other)", { one, other })).toEqual(["3 ALARM page", "5 OK relief"]);
  expect(story("ALARM(one) OR ALARM(other)", { one, other })).toEqual(["1 ALARM page", "9 OK relief"]);
});

test("looks at changes of one moment together", () => {
  const handOver = { one: child({ 1: "ALARM", 5: "OK" }), other: child({ 5: "ALARM" }) };
  expect(story("ALARM(one) OR ALARM(other)", handOver)).toEqual(["1 ALARM page"]);
});

test("starts at rest, in the state that its children put it in", () => {
  const history = compositeHistory({ rule: "OK(one)" }, new Map([["one", one]]));
  expect(history).toEqual({
    initialState: "ALARM",
    changes: [
      { at: 1, from: "ALARM", to: "OK", actions: [] },
      { at: 5, from: "OK", to: "ALARM", actions: [] },
    ],
  });
});

test("fires nothing while actions are disabled", () => {
  expect(story("ALARM(one)", { one }, { actionsEnabled: false })).toEqual(["1 ALARM ", "5 OK "]);
});

test("rejects an unknown child", () => {
  expect(() => story("ALARM(one) OR ALARM(unknown)", { one })).toThrow(AlarmError);
});
