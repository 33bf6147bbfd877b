import { createRequire } from "node:module";
import fc from "fast-check";
import { stackText } from "../../../stacks/synthesis/stack-text";

/** What cdktf writes with; the package is its own. */
const byCdktf = createRequire(require.resolve("cdktf"))("json-stable-stringify") as (
  data: unknown,
  options: { space: number },
) => string | undefined;

test.each<[string, unknown]>([
  ["nothing in lists and maps", { list: [], map: {}, nested: [[], {}] }],
  ["what JSON does not have", { gone: undefined, kept: [undefined, null, () => 1], of: { all: undefined } }],
  ["keys that look like numbers", { 10: "b", 9: "a", "-1": "c", "01": "d" }],
  ["text that must be escaped", { 'a "key"': "line\nbreak \u2028 \ud800 ${aws_x.y}" }],
  ["objects with toJSON", { when: new Date(0), list: [new Date(1)] }],
  ["a scalar", 1.5e300],
  ["nothing", undefined],
])("%s: written as cdktf writes it", (_what, data) => {
  expect(stackText(data)).toBe(byCdktf(data, { space: 2 }));
});

test("any data is written with the same bytes as cdktf", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      expect(stackText(data)).toBe(byCdktf(data, { space: 2 }));
    }),
    { numRuns: 50 },
  );
});
