import { compileFilterPattern, compileMetricFilter, MetricTransformationError, parseEvent } from "../../../signals";
import type { MetricDatum, MetricTransformation } from "../../../signals";

const TIME = Date.UTC(2031, 0, 2);
const COUNT: MetricTransformation = { metricName: "Calls", metricNamespace: "Test", metricValue: "1" };

function datum(
  pattern: string,
  transformation: Partial<MetricTransformation>,
  event: unknown,
): MetricDatum | undefined {
  const filter = compileMetricFilter(compileFilterPattern(pattern), { ...COUNT, ...transformation });
  return filter.datum(parseEvent(typeof event === "string" ? event : JSON.stringify(event)), TIME);
}

function value(pattern: string, transformation: Partial<MetricTransformation>, event: unknown): number | undefined {
  return datum(pattern, transformation, event)?.value;
}

it("publishes a number at the time of the event, when it matches", () => {
  expect(datum("{ $.a = 1 }", { metricValue: "2.5" }, { a: 1 })).toEqual({ timestamp: TIME, value: 2.5 });
  expect(datum("{ $.a = 1 }", {}, { a: 2 })).toBeUndefined();
});

it("takes a value from the event, whether or not the pattern names it", () => {
  expect(value("{ $.a = 1 }", { metricValue: "$.size[0].kb" }, { a: 1, size: [{ kb: 7 }] })).toBe(7);
  expect(value("{ $.a = 1 }", { metricValue: "$.size" }, { a: 1, size: "11.5" })).toBe(11.5);
  expect(value("[kind, size]", { metricValue: "$size" }, 'upload "17.5"')).toBe(17.5);
  expect(value("[kind, ...]", { metricValue: "$2" }, "upload 3")).toBe(3);
});

it.each([{ size: "many" }, { size: null }, { size: true }, { size: [1] }, {}])(
  "publishes nothing for a matched event whose value is no number: %j",
  (event) => {
    expect(value("{ $.b NOT EXISTS }", { metricValue: "$.size", defaultValue: 0 }, event)).toBeUndefined();
  },
);

it("admits a name that no field has, and finds nothing there", () => {
  expect(value("[kind, size]", { metricValue: "$missing" }, "upload 17")).toBeUndefined();
  expect(value("upload", { metricValue: "$size" }, "upload 17")).toBeUndefined();
  expect(value("upload", { metricValue: "$.size" }, "upload 17")).toBeUndefined();
});

it("publishes the default for each event that does not match", () => {
  expect(value("{ $.a = 1 }", { defaultValue: 0 }, { a: 2 })).toBe(0);
  expect(value("{ $.a = 1 }", { defaultValue: 0 }, "not JSON")).toBe(0);
  expect(value("{ $.a = 1 }", { defaultValue: 0 }, { a: 1 })).toBe(1);
});

it("names the series by its dimensions, and drops the value when one is missing", () => {
  const dimensions = { Who: "$.user", Size: "$.size" };
  expect(datum("{ $.a = 1 }", { dimensions }, '{"a":1,"user":"ann","size":1.0}')).toEqual({
    timestamp: TIME,
    value: 1,
    dimensions: { Who: "ann", Size: "1.0" },
  });
  expect(datum("{ $.a = 1 }", { dimensions }, { a: 1, user: "ann" })).toBeUndefined();
  expect(datum("[kind, user]", { dimensions: { Who: "$user" } }, "upload ann")?.dimensions).toEqual({ Who: "ann" });
});

it.each<[string, Partial<MetricTransformation>]>([
  ["no name", { metricName: "" }],
  ["a name with a colon", { metricName: "a:b" }],
  ["a long name", { metricName: "x".repeat(256) }],
  ["a namespace with a dollar sign", { metricNamespace: "$x" }],
  ["a wildcard in the value", { metricValue: "$.items[*].size" }],
  ["text for a value", { metricValue: "one" }],
  ["more than a selector", { metricValue: "$.a = 1" }],
  ["a long value", { metricValue: `$.${"x".repeat(99)}` }],
  ["a wildcard in a dimension", { dimensions: { Who: "$.users[*]" } }],
  ["text for a dimension", { dimensions: { Who: "ann" } }],
  ["four dimensions", { dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } }],
  ["dimensions and a default", { dimensions: { a: "$.a" }, defaultValue: 0 }],
])("refuses %s", (_rule, transformation) => {
  expect(() => datum("{ $.a = 1 }", transformation, {})).toThrow(MetricTransformationError);
});

it("refuses dimensions of terms", () => {
  expect(() => datum("upload", { dimensions: { Who: "$.user" } }, "")).toThrow(MetricTransformationError);
});

it("takes the longest of everything", () => {
  const longest = { metricName: "x".repeat(255), metricNamespace: "y".repeat(255), metricValue: `$.${"z".repeat(98)}` };
  expect(value("{ $.a = 1 }", longest, { a: 1, ["z".repeat(98)]: 4 })).toBe(4);
});
