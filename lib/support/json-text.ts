/**
 * Characters that `JSON.stringify` leaves in strings although terminals interpret them: C1 controls, formats,
 * separators.
 */
const LEFT = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** JSON for people and programs: the same value, without characters that control a terminal. */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(LEFT, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
