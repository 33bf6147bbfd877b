/** Tests a whole value. */
export type TextMatcher = (text: string) => boolean;

/** Matches `*` as any number of characters, including none; there is no escape. */
export function starMatcher(wildcard: string): TextMatcher {
  return piecesMatcher(wildcard.split("*"));
}

/** The same, and `?` as one character (UTF-16 code unit): for patterns of ids, and of IAM. */
export function globMatcher(wildcard: string): TextMatcher {
  return piecesMatcher(wildcard.split("*"), wildcard.includes("?") ? ONE_CHARACTER : LITERAL);
}

/** How a piece between two `*` is compared with text. */
interface PieceMatching {
  readonly isAt: (text: string, piece: string, at: number) => boolean;
  /** The first place from a position on; -1: none. */
  readonly find: (text: string, piece: string, from: number) => number;
}

const LITERAL: PieceMatching = {
  isAt: (text, piece, at) => text.startsWith(piece, at),
  find: (text, piece, from) => text.indexOf(piece, from),
};

const ONE_CHARACTER: PieceMatching = { isAt: isPieceAt, find: findPiece };

/**
 * Matches pieces in order, with any characters between them. Each is taken as early as possible, so that no text needs
 * backtracking.
 */
export function piecesMatcher(pieces: readonly string[], matching = LITERAL): TextMatcher {
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return (text) => text.length === first.length && matching.isAt(text, first, 0);

  const middle = pieces.slice(1, -1).filter((piece) => piece !== "");
  const least = first.length + last.length;
  return (text) => {
    const startOfLast = text.length - last.length;
    if (text.length < least || !matching.isAt(text, first, 0) || !matching.isAt(text, last, startOfLast)) return false;
    const end = endOfPieces(text, middle, { start: first.length, matching });
    return end >= 0 && end <= startOfLast;
  };
}

/** Where the last of the pieces ends when each is taken as early as possible; -1 when one is missing. */
export function endOfPieces(
  text: string,
  pieces: readonly string[],
  { start, matching = LITERAL }: { readonly start: number; readonly matching?: PieceMatching },
): number {
  let end = start;
  for (const piece of pieces) {
    const at = matching.find(text, piece, end);
    if (at < 0) return -1;
    end = at + piece.length;
  }
  return end;
}

function isPieceAt(text: string, piece: string, at: number): boolean {
  if (at + piece.length > text.length) return false;
  for (let index = 0; index < piece.length; index += 1) {
    const character = piece[index];
    if (character !== "?" && character !== text[at + index]) return false;
  }
  return true;
}

function findPiece(text: string, piece: string, from: number): number {
  for (let at = from; at + piece.length <= text.length; at += 1) if (isPieceAt(text, piece, at)) return at;
  return -1;
}
