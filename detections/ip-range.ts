import { isIPv4, isIPv6 } from "node:net";
import { numberRegexes } from "../lib/patterns/filter-pattern/number-regex";
import { any, equals, matches, matchesRegex, type Condition, type Field } from "./condition";

/** Shorter prefixes would cover a large part of all addresses. */
const SHORTEST = 8;

/**
 * The rule that a text breaks as an address or an IPv4 range such as `10.20.0.0/16`; undefined if it is one. Continues
 * a sentence after "must".
 */
export function ipRangeRule(text: string): string | undefined {
  const [address = "", length, ...more] = text.split("/");
  if (isIPv6(address) && length !== undefined) {
    return "be an IPv4 range or a single address: a filter pattern cannot compare with an IPv6 range, but 'matches' can with the beginning of sourceIPAddress";
  }
  if (length === undefined && isIPv6(address)) {
    const written = ipv6Text(address);
    return written === address ? undefined : `be written as CloudTrail writes it: '${written}'`;
  }
  if (!isIPv4(address) || more.length > 0 || (length !== undefined && !/^(?:0|[1-9]\d?)$/.test(length))) {
    return "be an address or an IPv4 range, such as 198.51.100.7 or 10.20.0.0/16";
  }
  const prefix = Number(length ?? 32);
  if (prefix < SHORTEST || prefix > 32) {
    return `have a prefix length from ${SHORTEST} to 32; 8, 16, 24 and 32 need no regular expression`;
  }
  const first = firstAddress(address, prefix);
  return first === address ? undefined : `begin with the first address of its range: '${first}/${prefix}'`;
}

/**
 * The field holds an address of the range, as text. At an octet's end it takes one `*`, or none for a single address;
 * halfway between two octets, two; elsewhere one regular expression. No name of a service begins with a number.
 *
 * @param range for which `ipRangeRule` has no complaint
 */
export function inIpRange(field: Field, range: string): Condition {
  const [address = "", length = "32"] = range.split("/");
  if (isIPv6(address)) return equals(field, address);
  const prefix = Number(length);
  const octets = address.split(".").map(Number);
  const whole = octets.slice(0, Math.floor(prefix / 8));
  if (whole.length === 4) return equals(field, address);

  const start = whole.map((octet) => `${octet}.`).join("");
  if (prefix % 8 === 0) return matches(field, `${start}*`);
  const low = octets[whole.length] ?? 0;
  const count = 2 ** (8 - (prefix % 8));
  const isLast = whole.length === 3;
  if (count === 2) {
    return any(
      ...[low, low + 1].map((octet) =>
        isLast ? equals(field, `${start}${octet}`) : matches(field, `${start}${octet}.*`),
      ),
    );
  }
  const before = start.replaceAll(".", "\\.");
  const alternatives = numberRegexes(low, low + count - 1).map((regex) => `^${before}${regex}${isLast ? "$" : "\\."}`);
  return matchesRegex(field, alternatives.join("|"));
}

function firstAddress(address: string, prefix: number): string {
  return address
    .split(".")
    .map((octet, index) => {
      const hostBits = Math.min(8, Math.max(0, 8 * (index + 1) - prefix));
      return Math.floor(Number(octet) / 2 ** hostBits) * 2 ** hostBits;
    })
    .join(".");
}

/** In lower case, with the longest row of zeros as `::`. Source: RFC 5952. */
function ipv6Text(address: string): string {
  const zone = address.replace(/%.*$/, "");
  return new URL(`http://[${zone}]`).hostname.slice(1, -1);
}
