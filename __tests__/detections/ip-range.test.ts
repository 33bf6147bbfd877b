import * as fc from "fast-check";
import { not } from "../../detections/condition";
import { filterPatterns } from "../../detections/filter-pattern";
import { inIpRange, ipRangeRule } from "../../detections/ip-range";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { compileFilterPattern } from "../../signals";

const patternOf = (range: string) => filterPatterns(inIpRange("sourceIPAddress", range), "$");

test.each([
  ["10.0.0.0/8", '$.sourceIPAddress = "10.*"'],
  ["10.20.0.0/15", '$.sourceIPAddress = "10.20.*" || $.sourceIPAddress = "10.21.*"'],
  ["10.20.0.0/16", '$.sourceIPAddress = "10.20.*"'],
  ["10.20.30.0/24", '$.sourceIPAddress = "10.20.30.*"'],
  ["10.20.30.254/31", '$.sourceIPAddress = "10.20.30.254" || $.sourceIPAddress = "10.20.30.255"'],
  ["10.20.30.40/32", '$.sourceIPAddress = "10.20.30.40"'],
  ["10.20.30.40", '$.sourceIPAddress = "10.20.30.40"'],
  ["2001:db8::1", '$.sourceIPAddress = "2001:db8::1"'],
  ["172.16.0.0/12", String.raw`$.sourceIPAddress = %^172\.1[6-9]\.|^172\.2\d\.|^172\.3[0-1]\.%`],
  ["192.0.2.248/29", String.raw`$.sourceIPAddress = %^192\.0\.2\.24[8-9]$|^192\.0\.2\.25[0-5]$%`],
])("%s", (range, pattern) => {
  expect(ipRangeRule(range)).toBeUndefined();
  expect(patternOf(range)).toEqual([`{ ${pattern} }`]);
});

const text = (address: number) =>
  [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
const LAST = 2 ** 32 - 1;

test("an address is in a range if it has its prefix, in the pattern and in the predicate, and no other text is", () => {
  const address = fc.integer({ min: 0, max: LAST });
  fc.assert(
    fc.property(address, fc.integer({ min: 8, max: 32 }), address, (base, prefix, other) => {
      const size = 2 ** (32 - prefix);
      const first = Math.floor(base / size) * size;
      const condition = inIpRange("sourceIPAddress", `${text(first)}/${prefix}`);
      const patterns = [condition, not(condition)].map((each) => {
        const [pattern = ""] = filterPatterns(each, "$");
        return { pattern: compileFilterPattern(pattern), holds: predicate(each) };
      });
      const check = (sourceIPAddress: unknown, expected: readonly boolean[]): void => {
        const line = JSON.stringify({ sourceIPAddress });
        expect(patterns.map(({ pattern }) => pattern.matches(line))).toEqual(expected);
        expect(patterns.map(({ holds }) => holds(JSON.parse(line) as CloudTrailRecord))).toEqual(expected);
      };
      const near = [first - 1, first, base, first + size - 1, first + size, other];
      for (const one of near.filter((each) => each >= 0 && each <= LAST)) {
        const inside = Math.floor(one / size) * size === first;
        check(text(one), [inside, !inside]);
      }
      for (const name of ["lambda.amazonaws.com", "AWS Internal", "", `::ffff:${text(first)}`, `x${text(first)}`]) {
        check(name, [false, true]);
      }
      check(undefined, [false, true]);
      // CloudWatch compares neither with a text.
      check(null, [false, false]);
      check([text(first)], [false, false]);
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["10.20.0.5/16", "begin with the first address of its range: '10.20.0.0/16'"],
  ["172.20.0.0/12", "begin with the first address of its range: '172.16.0.0/12'"],
  ["0.0.0.0/0", "have a prefix length from 8 to 32; 8, 16, 24 and 32 need no regular expression"],
  ["10.0.0.0/33", "have a prefix length from 8 to 32; 8, 16, 24 and 32 need no regular expression"],
  ["10.0.0.0/08", "be an address or an IPv4 range, such as 198.51.100.7 or 10.20.0.0/16"],
  [
    "2001:db8::/32",
    "be an IPv4 range or a single address: a filter pattern cannot compare with an IPv6 range, but 'matches' can with " +
      "the beginning of sourceIPAddress",
  ],
  ["2001:DB8:0::1", "be written as CloudTrail writes it: '2001:db8::1'"],
  ["10.20.*", "be an address or an IPv4 range, such as 198.51.100.7 or 10.20.0.0/16"],
  ["10.20.0.0/16/8", "be an address or an IPv4 range, such as 198.51.100.7 or 10.20.0.0/16"],
  ["lambda.amazonaws.com", "be an address or an IPv4 range, such as 198.51.100.7 or 10.20.0.0/16"],
])("%s is refused", (range, rule) => {
  expect(ipRangeRule(range)).toBe(rule);
});
