// Used before npm's packages are installed: lib/support/printable.ts does the same afterwards.

/** The text with control characters escaped, except tabs and line feeds: a terminal would execute them. */
export function printable(text) {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\t\n]|[\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}
