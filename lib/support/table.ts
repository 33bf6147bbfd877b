import { columnsOf, wrapped } from "./columns";

/** How a table is laid out. */
export interface TableOptions {
  /**
   * How many columns of the terminal it may take.
   *
   * @default Infinity
   */
  readonly width?: number;
  /**
   * Spaces ahead of each line.
   *
   * @default 0
   */
  readonly indent?: number;
  /** Which cells, by their place in the row, are aligned to the right, as numbers are. @default - none */
  readonly right?: ReadonlySet<number>;
}

const GAP = "  ";
/** A column that is narrower cannot be read. */
const LEAST_WIDTH = 6;

/**
 * A text for each row, columns aligned. Where the table is wider than it may be, the widest cells go on in further lines:
 * the text of such a row has several.
 */
export function table(rows: readonly (readonly string[])[], options: TableOptions = {}): string[] {
  const { width = Infinity, indent = 0, right } = options;
  const widths = fitting(widest(rows), width - indent);
  return rows.map((row) => {
    const cells = row.map((cell, column) => wrapped(cell, widths[column] ?? 0));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const text = cells.map((lines, column) => padded(lines[line] ?? "", widths[column] ?? 0, right?.has(column)));
      return `${" ".repeat(indent)}${text.join(GAP)}`.trimEnd();
    }).join("\n");
  });
}

function widest(rows: readonly (readonly string[])[]): number[] {
  return rows.reduce<number[]>((widths, row) => {
    const own = row.map((cell, column) => Math.max(widths[column] ?? 0, columnsOf(cell)));
    return [...own, ...widths.slice(own.length)];
  }, []);
}

/** Takes from the widest column until all fit, or none can give any more. */
function fitting(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  const room = width - GAP.length * (widths.length - 1);
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const most = Math.max(...widths);
    if (most <= LEAST_WIDTH) break;
    widths[widths.indexOf(most)] = most - 1;
  }
  return widths;
}

function padded(text: string, width: number, toTheRight = false): string {
  const space = " ".repeat(Math.max(0, width - columnsOf(text)));
  return toTheRight ? space + text : text + space;
}
