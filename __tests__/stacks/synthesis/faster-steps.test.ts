import { assert, constantFrom, array, property } from "fast-check";
import { Lazy } from "cdktf";
import { TokenString } from "cdktf/lib/tokens/private/encoding";
import { TokenMap } from "cdktf/lib/tokens/private/token-map";
import { splittingInOnePass } from "../../../stacks/synthesis/faster-steps";

const token = Lazy.stringValue({ produce: () => "x" });
const tokens = TokenMap.instance();
const lookup = (key: string) => (token.includes(`[${key}]`) ? tokens.lookupToken(key) : undefined);
// eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a text.
const byCdktf = TokenString.prototype.split;

/** What cdktf makes of a text; it may add texts that are empty. */
function partsOf(split: typeof byCdktf, text: string, withEscapes = true): unknown[] {
  const { fragments } = split.call(TokenString.forString(text, withEscapes) as never, lookup) as unknown as {
    readonly fragments: readonly { readonly lit?: string }[];
  };
  return fragments.filter(({ lit }) => lit !== "");
}

test("texts are divided as by cdktf", () => {
  const piece = constantFrom(token, "${", "}", "{", "$", "a", "${TfToken[", "${TfToken[none]}", "]}", '"b":', "%{");
  assert(
    property(array(piece), (pieces) => {
      const text = pieces.join("");
      expect(partsOf(splittingInOnePass(byCdktf), text)).toEqual(partsOf(byCdktf, text));
    }),
    { numRuns: 1000 },
  );
});

test("the time that a text takes grows with its length, not with the square of it", () => {
  const text = `${'{"a":{}},'.repeat(100_000)}${token}`;
  expect(partsOf(splittingInOnePass(byCdktf), text)).toHaveLength(300_002);
});

test("where escapes do not count, cdktf divides", () => {
  expect(partsOf(splittingInOnePass(byCdktf), `\${a}${token}}`, false)).toEqual(
    partsOf(byCdktf, `\${a}${token}}`, false),
  );
});
