/** What `JSON.stringify` leaves in strings though terminals obey it: the second set of controls, formats, separators. */
const LEFT = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu;

/** JSON for people and programs: it means the same, and nothing in it can steer a terminal. */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(LEFT, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
