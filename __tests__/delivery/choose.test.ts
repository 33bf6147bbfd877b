import { chooseIds } from "../../delivery/choose";

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
