import { printable, printableLine } from "../lib/support/printable";

/** Any name as code: nothing in it is Markdown. */
export function codeSpan(name: string): string {
  const text = printableLine(name);
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(inline).join(" | ")} |`;
  const sides = head.map((_, column) =>
    column < 3 || ["Principals", "Instead"].includes(head[column] ?? "") ? "---" : "--:",
  );
  return [line(head), line(sides), ...rows.map(line)].join("\n");
}

/** Inline text in which nothing becomes a cell, a tag, a link, an image or code. */
export function inline(text: string): string {
  return printableLine(text).replace(/[\\`<[|]/g, "\\$&");
}

/** A block of YAML. Its fence is longer than any in the text, which may hold names that other people chose. */
export function fenced(yaml: string): string {
  const longest = Math.max(2, ...[...yaml.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}yaml\n${printable(yaml)}\n${fence}`;
}
