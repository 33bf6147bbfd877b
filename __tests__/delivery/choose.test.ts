import { chooseIds, withoutIds } from "../../delivery/choose";

const IDS = ["log-archive", "monitoring-a", "monitoring-log-archive"];

test.each([
  [[], IDS],
  [["log-archive"], ["log-archive"]],
  [["monitoring-*"], ["monitoring-a", "monitoring-log-archive"]],
  [
    ["*archive", "monitoring-a"],
    ["log-archive", "monitoring-a", "monitoring-log-archive"],
  ],
])("%j chooses %j", (patterns, chosen) => {
  expect(chooseIds(IDS, patterns)).toEqual(chosen);
});

test("a pattern that matches nothing is refused, with what was probably meant", () => {
  expect(() => chooseIds(IDS, ["monitoring-*", "log-archiv"])).toThrow(
    "'stack' must be the id of a stack, or match one with '*', got 'log-archiv' (did you mean 'log-archive'?)",
  );
  // Neither part of an id nor a regular expression is a pattern.
  expect(() => chooseIds(IDS, ["archive"])).toThrow("got 'archive'");
  expect(() => chooseIds(IDS, ["monitoring-."])).toThrow("got 'monitoring-.'");
});

test("every pattern that matches nothing is named", () => {
  expect(() => chooseIds(IDS, ["one", "monitoring-*", "two"])).toThrow(/got 'one'.*\n.*got 'two'/);
});

test.each([
  [[], IDS],
  [["log-archive"], ["monitoring-a", "monitoring-log-archive"]],
  [["*archive"], ["monitoring-a"]],
  [["*"], []],
  [["elsewhere"], IDS],
])("without %j", (except, left) => {
  expect(withoutIds(IDS, except, [...IDS, "elsewhere"])).toEqual(left);
});

test("what is left out must be there: else it would be applied", () => {
  expect(() => withoutIds(IDS, ["*", "monitoring-log-archiv", "org*"], IDS)).toThrow(
    "'--except' must be the id of a stack, or match one with '*', got 'monitoring-log-archiv' (did you mean 'monitoring-log-archive'?)\n" +
      "'--except' must be the id of a stack, or match one with '*', got 'org*' ('trailwatch stacks' lists them)",
  );
});
