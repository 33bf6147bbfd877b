/** A pattern of ids as people write it: `*` stands for any characters, none included, and `?` for one. */
export function matcherOf(pattern: string): RegExp {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}
