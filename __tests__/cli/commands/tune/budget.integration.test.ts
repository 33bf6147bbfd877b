import { DEFAULT_BUDGET, parseBudget } from "../../../../cli/commands/tune/budget";

test("one rate applies to all severities", () => {
  expect(parseBudget("2/week")).toEqual({ critical: 2, high: 2, medium: 2, low: 2 });
  expect(parseBudget("0/day")).toEqual({ critical: 0, high: 0, medium: 0, low: 0 });
});

test("daily and monthly rates are converted to weekly ones, and other severities keep their default", () => {
  expect(parseBudget("low=1/day,critical=60/month")).toEqual({ ...DEFAULT_BUDGET, low: 7, critical: 14 });
});

test.each(["critical=1/week,2/week", "2/week,critical=1/week"])("the order of '%s' does not matter", (text) => {
  expect(parseBudget(text)).toEqual({ critical: 1, high: 2, medium: 2, low: 2 });
});

test.each(["", "2", "2/year", "-1/week", "urgent=1/week", "1/week,", "1/week,2/week", "low=1/week,low=2/week"])(
  "'%s' is refused",
  (text) => {
    expect(() => parseBudget(text)).toThrow(`got '${text}'`);
  },
);
