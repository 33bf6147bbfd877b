/** Whether text matches a wildcard, piece by piece from the left: linear time for any text. */
export function fits(wildcard: string, text: string): boolean {
  const pieces = wildcard.split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return text === wildcard;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;

  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}
