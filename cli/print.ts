import { printableLine } from "../lib/support/printable";
import { table } from "../lib/support/table";
import { widthOf } from "../lib/support/terminal";

export { printError, printLines, type Line } from "../lib/support/print";

/** Cells of a table as lines, columns aligned; on a terminal no wider than it is. */
export function aligned(rows: readonly (readonly string[])[], options: { readonly indent?: number } = {}): string[] {
  // Before they are measured: what is written out is longer.
  const cells = rows.map((row) => row.map(printableLine));
  return table(cells, { ...options, width: widthOf(process.stdout) });
}
