/** What of a stream decides how text is shown on it. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Width of a terminal that does not say how wide it is, as one that `script` makes outside a terminal. */
const USUAL_COLUMNS = 80;

/** How many columns a line may take: those of the terminal; in a file or a pipe any number. */
export function widthOf({ isTTY, columns = 0 }: Screen): number {
  if (isTTY !== true) return Infinity;
  return columns > 0 ? columns : USUAL_COLUMNS;
}

/** Whether a line that is on the screen can be replaced: on a terminal that moves its cursor. */
export function canRepaint({ isTTY }: Screen, { TERM }: NodeJS.ProcessEnv = process.env): boolean {
  return isTTY === true && TERM !== "dumb";
}
