import fc from "fast-check";

const SURROGATES = { first: 0xd800, next: 0xe000, count: 0x800 };

/**
 * Any code point but surrogates, as a unit of `fc.string`. The unit "binary" has the same ones, but takes a second to
 * list all million of them, in each file that uses it.
 */
export const anyCharacter = fc.nat(0x10ffff - SURROGATES.count).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (text) => {
    const point = typeof text === "string" ? text.codePointAt(0) : undefined;
    if (point === undefined || String.fromCodePoint(point) !== text) throw new Error("not one character");
    if (point >= SURROGATES.first && point < SURROGATES.next) throw new Error("a surrogate");
    return point < SURROGATES.first ? point : point - SURROGATES.count;
  },
);
