import { stackSelection } from "../../stacks/selection";

const IDS = ["log-archive", "organization-trail", "monitoring-a", "monitoring-ab", "monitoring-b"];

const selected = (wanted: string): string[] => IDS.filter(stackSelection(wanted, IDS));

test.each([
  ["log-archive", ["log-archive"]],
  ["monitoring-*", ["monitoring-a", "monitoring-ab", "monitoring-b"]],
  ["monitoring-a*", ["monitoring-a", "monitoring-ab"]],
  ["monitoring-?", ["monitoring-a", "monitoring-b"]],
  ["*-a", ["monitoring-a"]],
  ["monitoring-b, log-archive", ["log-archive", "monitoring-b"]],
  [" monitoring-b\nmonitoring-b,,log-* ", ["log-archive", "monitoring-b"]],
])("'%s' selects %j", (wanted, ids) => {
  expect(selected(wanted)).toEqual(ids);
});

test("an id matches whole ids only, and is not a regular expression", () => {
  expect(() => selected("monitoring")).toThrow("got 'monitoring'");
  expect(() => selected("log.archive")).toThrow("did you mean 'log-archive'?");
  expect(() => selected("monitoring-[a]")).toThrow("got 'monitoring-[a]'");
});

test("every name that matches no stack is reported", () => {
  expect(() => selected("log-archiv xyz monitoring-a")).toThrow(
    "'TRAILWATCH_STACKS' must name stacks of the organization, got 'log-archiv'; did you mean 'log-archive'?\n" +
      "'TRAILWATCH_STACKS' must name stacks of the organization, got 'xyz'; there are log-archive, organization-trail, " +
      "monitoring-a, monitoring-ab, monitoring-b",
  );
});

test.each(["", " , "])("'%s' selects nothing, not everything", (wanted) => {
  expect(() => selected(wanted)).toThrow("unset it to synthesize all");
});
