/** A count with its noun: `1 file`, `1,200 files`; `many` is the plural of an irregular noun. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The first texts of a list, with a count of the rest: `a, b and 3 more`. */
export function abbreviated(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return texts.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
