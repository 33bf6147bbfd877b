import { EventPatternError } from "./event-pattern-error";
import type { LeafMatcher } from "./string-matchers";

/** Compiles an IPv4 range such as `10.0.0.0/24`. */
export function compileCidr(operand: unknown, path: string): LeafMatcher {
  const [, address, bits] = typeof operand === "string" ? (/^([\d.]+)\/(\d{1,2})$/.exec(operand) ?? []) : [];
  const base = addressOf(address);
  if (base === undefined || Number(bits) > 31) {
    throw new EventPatternError(
      `'cidr' must be an IPv4 range such as 10.0.0.0/24, its bits from 0 to 31, got '${String(operand)}'`,
      path,
    );
  }
  const size = 2 ** (32 - Number(bits));
  const block = Math.floor(base / size);
  return (value) => {
    const found = typeof value === "string" ? addressOf(value) : undefined;
    return found !== undefined && Math.floor(found / size) === block;
  };
}

function addressOf(text: string | undefined): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
    .exec(text ?? "")
    ?.slice(1)
    .map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
