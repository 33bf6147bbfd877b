/**
 * Regular expressions, without anchors, that together fit the decimal digits of the whole numbers from `low` to `high`
 * and no other digits. CloudWatch has no groups, so they cannot be one.
 *
 * @param high `Infinity` for no upper limit
 */
export function numberRegexes(low: number, high: number): string[] {
  const regexes: string[] = [];
  let from = low;
  while (from <= high) {
    const length = String(from).length;
    const longest = 10 ** length - 1;
    // Of two digits or more, the first is not 0.
    if (high === Infinity && from === 10 ** (length - 1)) return [...regexes, `[1-9]\\d${repeated(length - 1)}`];
    const to = Math.min(high, longest);
    regexes.push(...ofSameLength(String(from), String(to)));
    from = to + 1;
  }
  return regexes;
}

/** Any number of digits, but at least this. */
function repeated(atLeast: number): string {
  return atLeast === 0 ? "*" : atLeast === 1 ? "+" : `{${atLeast},}`;
}

function ofSameLength(low: string, high: string): string[] {
  const [first, last] = [Number(low.charAt(0)), Number(high.charAt(0))];
  const [zeros, nines] = ["0", "9"].map((digit) => digit.repeat(low.length - 1));
  const rest = (digit: number, from = "", to = ""): string[] =>
    ofSameLength(from, to).map((regex) => `${digit}${regex}`);
  if (low.length === 1) return [digits(first, last)];
  if (first === last) return rest(first, low.slice(1), high.slice(1));
  const isWholeBelow = low.slice(1) === zeros;
  const isWholeAbove = high.slice(1) === nines;
  const [from, to] = [isWholeBelow ? first : first + 1, isWholeAbove ? last : last - 1];
  return [
    ...(isWholeBelow ? [] : rest(first, low.slice(1), nines)),
    ...(from > to ? [] : [digits(from, to) + "\\d".repeat(low.length - 1)]),
    ...(isWholeAbove ? [] : rest(last, zeros, high.slice(1))),
  ];
}

function digits(from: number, to: number): string {
  if (from === 0 && to === 9) return "\\d";
  return from === to ? String(from) : `[${from}-${to}]`;
}
