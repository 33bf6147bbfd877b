/** Values with spaces that AWS or principals.ts writes. */
const WORDS = "account [0-9]{12}|a user that does not exist|AWS Internal";

/** What may follow a principal's name in parentheses, as principals.ts writes it. */
const KINDS = "((permission set |federated by |account )?[!-~]+|IAM Identity Center|federated user)( of [0-9]{12})?";

/**
 * Functions for text from a member or a record, in JSONata. All of it may be forged, may be missing, or may be no text.
 *
 * - `$line`: one line of printable ASCII, of at most so many characters.
 * - `$plain`: for names, in which no link fits.
 * - `$disarmed`: without links: `://`, and each `.` before a letter, which mail programs take for an address.
 * - `$quoted`: marks each line, so that none looks like a line of the hub.
 * - `$shown`: a value within a sentence of a mail. A value with a space stands in quotes, so that it does not read like
 *   the hub's own words; only the kind of a principal may follow in parentheses, and some values are known.
 * - `$marked`: the same for a chat, as code: neither Slack nor Teams interprets markup, links or mentions there. What
 *   would end the code or is a control sequence of Slack becomes `?`.
 *
 * The length of every text is limited, so that no message exceeds SNS's 256 KB.
 */
export const MESSAGE_FUNCTIONS: readonly string[] = [
  `$text := function($value, $most) { $type($value) = "string" ? $substring($value, 0, $most) : "" }`,
  `$cut := function($value, $most) { $length($value) > $most ? $substring($value, 0, $most - 3) & "..." : $value }`,
  `$line := function($value, $most) { $cut($trim($replace($text($value, 2048), /[^ -~]+/, "?")), $most) }`,
  `$plain := function($value) { $replace($value, /[^0-9A-Za-z_:+-]+/, "?") }`,
  `$ascii := function($value) { $replace($value, /[^\\n -~]+/, "?") }`,
  `$disarmed := function($value) { $replace($replace($ascii($value), "://", "[:]//"), /\\.([A-Za-z])/, "[.]$1") }`,
  `$quoted := function($value) { "> " & $replace($disarmed($value), "\\n", "\\n> ") }`,
  `$shown := function($value) { $disarmed($contains($value, /^([!-~]+( \\((${KINDS})\\))?|${WORDS})$/) ? $value : "'" & $replace($value, "'", "?") & "'") }`,
  '$marked := function($value) { "`" & $replace($disarmed($value), /[`<>&|]/, "?") & "`" }',
  `$natural := function($value) { $type($value) = "number" and $value >= 0 ? $floor($value) : 0 }`,
  `$plural := function($size, $noun) { $string($size) & " " & $noun & ($size = 1 ? "" : "s") }`,
  `$times := function($size) { $size > 1 ? " " & $string($size) & " times" : "" }`,
  `$ordinal := function($size) { $string($size) & ($floor($size / 10) % 10 = 1 ? "th" : $size % 10 = 1 ? "st" : $size % 10 = 2 ? "nd" : $size % 10 = 3 ? "rd" : "th") }`,
  // Text that is encoded twice for the fragment of a console's address, where % is written as $.
  `$encoded := function($value) { $join($split($replace($encodeUrlComponent($value), /[!'()*~]/, function($match) { $lookup({"!": "%21", "'": "%27", "(": "%28", ")": "%29", "*": "%2A", "~": "%7E"}, $match.match) }), "%"), "$25") }`,
];

/** A text as a constant of JSONata. */
export function literal(value: string): string {
  return JSON.stringify(value);
}
