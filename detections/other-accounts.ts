/** A digit that is not this one, as a class: the language has no negated digit. */
const OTHER_DIGIT = [
  ...["[1-9]", "[02-9]", "[013-9]", "[0-24-9]", "[0-35-9]"],
  ...["[0-46-9]", "[0-57-9]", "[0-689]", "[0-79]", "[0-8]"],
];

/** The id of an account, in an ARN or alone. */
export const ANY_ACCOUNT = String.raw`\W\d{12}\W`;

/**
 * Regular expression that finds the id of any account but this one, in an ARN or alone. It cannot look ahead, so there is
 * one alternative for each digit: the ids that equal this one before that digit and differ in it.
 */
export function otherAccounts(id: string): string {
  return Array.from(id, (digit, index) => {
    const left = id.length - index - 1;
    const rest = left < 2 ? "\\d".repeat(left) : `\\d{${left}}`;
    return `\\W${id.slice(0, index)}${OTHER_DIGIT[Number(digit)]}${rest}\\W`;
  }).join("|");
}
