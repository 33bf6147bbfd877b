/** The first texts of a list, with a count of the rest: `a, b and 3 more`. */
export function abbreviated(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return texts.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
