import { distance } from "fastest-levenshtein";

/** Suggests the likely intended word; empty when no candidate is close. */
export function didYouMean(word: string | undefined, candidates: readonly string[]): string | undefined {
  const meant = closest(word, candidates);
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}

/** The candidate that differs from the word in at most a third of its letters, ignoring case. */
export function closest(word: string | undefined, candidates: readonly string[]): string | undefined {
  if (word === undefined || word === "") return undefined;

  let best: string | undefined;
  let fewestEdits = Math.ceil(word.length / 3) + 1;
  for (const candidate of candidates) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewestEdits) [best, fewestEdits] = [candidate, edits];
  }
  return best;
}
