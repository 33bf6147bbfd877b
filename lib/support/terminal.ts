/** The properties of a stream that decide how text is shown on it. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Width of a terminal that does not report one, such as one that `script` creates outside a terminal. */
const USUAL_COLUMNS = 80;

/** The maximum columns of a line: the terminal's width; unlimited in a file or a pipe. */
export function widthOf({ isTTY, columns = 0 }: Screen): number {
  if (isTTY !== true) return Infinity;
  return columns > 0 ? columns : USUAL_COLUMNS;
}

/** Whether a line on the screen can be replaced: only on a terminal that can move its cursor. */
export function canRepaint({ isTTY }: Screen, { TERM }: NodeJS.ProcessEnv = process.env): boolean {
  return isTTY === true && TERM !== "dumb";
}
