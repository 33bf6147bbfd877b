import { columnsOf } from "./columns";
import { flowing, indentOf, leastWidthOf } from "./wrap";

/** How a table is laid out. */
export interface TableOptions {
  /**
   * Maximum width in terminal columns.
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
  /**
   * Indexes of the cells in a row that are aligned to the right, as numbers are.
   *
   * @default - none
   */
  readonly right?: ReadonlySet<number>;
  /**
   * Indexes of the cells that may be left out, in this order, until each row fits in a line.
   *
   * @default - none
   */
  readonly spare?: readonly number[];
}

/** A column as it is laid out: its place in the row, and how wide it is. */
interface Column {
  readonly index: number;
  readonly width: number;
}

type Row = readonly string[];

const GAP = "  ";
/** Indent of continuation lines. */
const FOLDED = "    ";

/**
 * A text for each row, with aligned columns. If the table is too wide, the widest cells are wrapped. If that would
 * break words, the last columns move below the first, and the text of a row has several lines.
 */
export function table(rows: readonly Row[], options: TableOptions = {}): string[] {
  const { width = Infinity, indent = 0, right = new Set(), spare = [] } = options;
  const folds = layout(rows, width - indent, spare);
  return rows.map((row) => {
    const lines = folds.flatMap((columns, fold) =>
      linesOf(row, columns, { right, room: width - indent }).map((line) => (fold === 0 ? "" : FOLDED) + line),
    );
    return lines
      .map((line) => `${" ".repeat(indent)}${line}`.trimEnd())
      .filter((line, index) => index === 0 || line !== "")
      .join("\n");
  });
}

/** The columns that stand side by side, and those that move below them. */
function layout(rows: readonly Row[], room: number, spare: readonly number[]): Column[][] {
  const all = Array.from({ length: rows.reduce((most, row) => Math.max(most, row.length), 0) }, (_, index) => index);
  const most = (of: (cell: string) => number): number[] =>
    all.map((index) => rows.reduce((widest, row) => Math.max(widest, of(row[index] ?? "")), 0));
  const natural = most(columnsOf);
  const left = new Set<number>();
  const shown = (): number[] => all.filter((index) => !left.has(index));
  for (const index of spare) if (totalOf(shown().map((one) => natural[one] ?? 0)) > room) left.add(index);
  const indexes = shown();
  const [widths, least] = [natural, most(leastWidthOf)].map((of) => indexes.map((index) => of[index] ?? 0));
  const narrowed =
    overhanging(
      rows.map((row) => columnsOf(row[indexes[0] ?? 0] ?? "")),
      widths ?? [],
      room,
    ) ?? narrow(widths ?? [], least ?? [], room);
  const columns = (narrowed ?? widths ?? []).map((width, at) => ({ index: indexes[at] ?? 0, width }));
  return narrowed === undefined ? fold(columns, room) : [columns];
}

/**
 * Narrows the first column to what the others leave, where the names in up to a third of the rows are wider: in those rows, the
 * other cells follow in the next line. Undefined when the table fits, too many names are wider, or another
 * column is the widest.
 */
function overhanging(names: readonly number[], natural: readonly number[], room: number): number[] | undefined {
  if (natural.some((width) => width > (natural[0] ?? 0))) return undefined;
  const left = room - totalOf([0, ...natural.slice(1)]);
  const fitting = names.filter((width) => width <= left);
  if (fitting.length === names.length || fitting.length < (names.length * 2) / 3) return undefined;
  return [fitting.reduce((most, width) => Math.max(most, width), 0), ...natural.slice(1)];
}

/** Narrows the widest column until all fit; undefined when no column can become narrower. */
function narrow(natural: readonly number[], least: readonly number[], room: number): number[] | undefined {
  const widths = [...natural];
  while (totalOf(widths) > room) {
    const most = Math.max(...widths.filter((width, index) => width > (least[index] ?? 0)));
    if (most === -Infinity) return undefined;
    widths[widths.findIndex((width, index) => width === most && width > (least[index] ?? 0))] = most - 1;
  }
  return widths;
}

function fold(columns: readonly Column[], room: number): Column[][] {
  const folds: Column[][] = [[]];
  for (const { index, width: natural } of columns) {
    const inset = folds.length > 1 ? FOLDED.length : 0;
    const fitting = folds.at(-1) ?? [];
    if (fitting.length === 0 || totalOf([...fitting.map(({ width }) => width), natural]) <= room - inset) {
      fitting.push({ index, width: Math.min(natural, room - inset) });
    } else {
      folds.push([{ index, width: Math.min(natural, room - FOLDED.length) }]);
    }
  }
  return folds;
}

function totalOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
}

interface Room {
  readonly right: ReadonlySet<number>;
  /** The most columns of a line. */
  readonly room: number;
}

function linesOf(row: Row, columns: readonly Column[], { right, room }: Room): string[] {
  const [first] = columns;
  const name = row[first?.index ?? 0] ?? "";
  if (first !== undefined && columns.length > 1 && leastWidthOf(name) > first.width) {
    const others = row.map((cell, index) => (index === first.index ? "" : cell));
    return [...flowing(name, room, indentOf(name)), ...linesOf(others, columns, { right, room })];
  }
  const cells = columns.map(({ index, width }) => flowing(row[index] ?? "", width, indentOf(row[index] ?? "")));
  return Array.from({ length: Math.max(1, ...cells.map((lines) => lines.length)) }, (_, line) =>
    columns
      .map(({ index, width }, column) => {
        const text = cells[column]?.[line] ?? "";
        const space = " ".repeat(Math.max(0, width - columnsOf(text)));
        return right.has(index) ? space + text : text + space;
      })
      .join(GAP),
  );
}
