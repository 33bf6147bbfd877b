/**
 * A text as an SQL literal.
 *
 * @param ownAccount an account's id, for a query in which the column `account` holds exactly that id: the id is read
 * from the column, so that forms that differ only by the account's id become the same SQL
 */
export function literal(text: string, ownAccount?: string): string {
  const pieces = ownAccount === undefined ? [text] : text.split(ownAccount);
  if (pieces.length === 1) return quote(text);
  return pieces
    .flatMap((piece, index) => [...(index === 0 ? [] : ["account"]), ...(piece === "" ? [] : [quote(piece)])])
    .join(" || ");
}

/** The LIKE pattern for a text in which `*` stands for any text: Trino's `%`. LIKE has no default escape character. */
export function likePattern(wildcard: string, ownAccount?: string): string {
  const escaped = wildcard.replace(/[%_\\]/g, "\\$&");
  const pattern = literal(escaped.replaceAll("*", "%"), ownAccount);
  return escaped === wildcard ? pattern : `${pattern} ESCAPE '\\'`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
