// Runs before npm's packages are there: lib/support/printable.ts does the same for everything that runs later.

/** The text with characters written out that a terminal obeys instead of showing them, but for tabs and line feeds. */
export function printable(text) {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\t\n]|[\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}
