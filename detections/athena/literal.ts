/**
 * A text as SQL has it.
 *
 * @param ownAccount an account's id, for a query in which the column `account` holds just that: the id is read from
 * there, so that what differs between accounts by their ids alone is the same SQL
 */
export function literal(text: string, ownAccount?: string): string {
  const pieces = ownAccount === undefined ? [text] : text.split(ownAccount);
  if (pieces.length === 1) return quote(text);
  return pieces
    .flatMap((piece, index) => [...(index === 0 ? [] : ["account"]), ...(piece === "" ? [] : [quote(piece)])])
    .join(" || ");
}

/** What follows LIKE for a text in which `*` stands for any text: Trino's `%`. It has no escape unless told one. */
export function likePattern(wildcard: string, ownAccount?: string): string {
  const escaped = wildcard.replace(/[%_\\]/g, "\\$&");
  const pattern = literal(escaped.replaceAll("*", "%"), ownAccount);
  return escaped === wildcard ? pattern : `${pattern} ESCAPE '\\'`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
