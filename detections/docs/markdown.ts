/**
 * A table whose columns are as wide as their widest cell, as Prettier formats it.
 *
 * @param right indexes of the columns that are aligned to the right
 */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const cells = [header, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = header.map((_title, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const padded = (cell: string, width: number, column: number): string =>
    right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => padded(row[column] ?? "", width, column)).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    right.includes(column) ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  const [first = [], ...others] = cells;
  return [line(first), line(rule), ...others.map(line)].join("\n");
}

export function numberedList(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join("\n");
}

export function bulletList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function codeBlock(language: string, text: string): string {
  return ["```" + language, text, "```"].join("\n");
}

/** Joins blocks such as paragraphs, tables and lists by empty lines. */
export function page(...blocks: readonly (string | undefined)[]): string {
  return `${blocks.filter((block) => block !== undefined).join("\n\n")}\n`;
}
