import { element, plural } from "../../lib/web/dom.js";
import { dateText, timeText } from "./format.js";
/** @import { Lane, Raised } from "./alarm-timeline.js" */

const SVG = "http://www.w3.org/2000/svg";
/** In units of the drawing, which scales with the page. */
const WIDTH = 1200;
const LABELS = 200;
const COLUMNS = 200;
const COLUMN = (WIDTH - LABELS) / COLUMNS;
const AXIS = 24;
const TICKS = 6;
const NAMED = 6;

/** @typedef {{ lane: number, column: number, alarms: Raised[] }} Cell alarms that are drawn in one place */

/**
 * Alarms as bars in lanes: each stands for those of one place, higher where there are more. Arrow keys move between
 * them; Enter selects, as a click does.
 *
 * @param {readonly Lane[]} lanes
 * @param {readonly Raised[]} all in order of time, not empty
 * @param {(alarms: readonly Raised[]) => void} select
 */
export function laneChart(lanes, all, select) {
  const from = all[0]?.at ?? 0;
  const span = Math.max((all.at(-1)?.at ?? from) - from, 3_600_000);
  const laneHeight = lanes.length <= 6 ? 40 : 24;
  const height = lanes.length * laneHeight + AXIS;
  const cells = lanes.map((lane, number) => cellsOf(lane, number, (at) => (at - from) / span));
  const most = Math.max(...cells.flat().map(({ alarms }) => alarms.length));
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "lanes", "aria-hidden": "true" });
  lanes.forEach(({ name, alarms, severity }, number) => {
    const bottom = (number + 1) * laneHeight;
    const text = shape("text", { x: 0, y: bottom - laneHeight / 2 + 5, class: severity ?? "unknown" });
    text.textContent = `${name.length > 24 ? `${name.slice(0, 23)}…` : name} (${alarms.length.toLocaleString("en")})`;
    svg.append(text, shape("line", { x1: LABELS, x2: WIDTH, y1: bottom, y2: bottom }));
  });
  for (let tick = 0; tick < TICKS; tick += 1) {
    const at = from + (span * tick) / TICKS;
    const text = shape("text", { x: LABELS + ((WIDTH - LABELS) * tick) / TICKS, y: height - 6, class: "tick" });
    text.textContent = span < TICKS * 86_400_000 ? timeText(at) : dateText(at);
    svg.append(text);
  }
  const bars = cells.map((own) =>
    own.map((cell) => {
      const high = 12 + ((laneHeight - 16) * Math.log(cell.alarms.length)) / Math.max(1, Math.log(most));
      const bottom = (cell.lane + 1) * laneHeight;
      const bar = shape("rect", {
        x: LABELS + cell.column * COLUMN,
        y: bottom - high,
        width: COLUMN - 0.6,
        height: high,
        class: lanes[cell.lane]?.severity ?? "unknown",
      });
      svg.append(bar);
      return bar;
    }),
  );
  return withKeys(svg, cells, bars, select);
}

/**
 * @param {Lane} lane
 * @param {number} number
 * @param {(at: number) => number} placeOf share of the width
 */
function cellsOf({ alarms }, number, placeOf) {
  /** @type {Map<number, Cell>} */
  const cells = new Map();
  for (const alarm of alarms) {
    const column = Math.min(COLUMNS - 1, Math.floor(placeOf(alarm.at) * COLUMNS));
    const cell = cells.get(column) ?? { lane: number, column, alarms: [] };
    cells.set(column, cell);
    cell.alarms.push(alarm);
  }
  return [...cells.values()];
}

/**
 * @param {SVGElement} svg
 * @param {readonly (readonly Cell[])[]} cells
 * @param {readonly (readonly SVGElement[])[]} bars
 * @param {(alarms: readonly Raised[]) => void} select
 */
function withKeys(svg, cells, bars, select) {
  const tip = element("p", { class: "tip", role: "status" }, "Point at a bar, or move with the arrow keys.");
  const box = element(
    "div",
    {
      class: "lane-box",
      role: "application",
      tabindex: "0",
      "aria-label": "Alarms over time: arrow keys move, Enter selects",
    },
    svg,
  );
  let [lane, at] = [0, -1];
  const show = (/** @type {number} */ toLane, /** @type {number} */ toAt) => {
    bars[lane]?.[at]?.classList.remove("current");
    [lane, at] = [toLane, toAt];
    bars[lane]?.[at]?.classList.add("current");
    const cell = cells[lane]?.[at];
    if (cell !== undefined) tip.textContent = tipText(cell);
  };
  const find = (/** @type {EventTarget | null} */ target) => {
    for (const [number, own] of bars.entries()) {
      const found = own.findIndex((bar) => bar === target);
      if (found >= 0) return /** @type {const} */ ([number, found]);
    }
    return undefined;
  };
  svg.addEventListener("pointerover", ({ target }) => {
    const found = find(target);
    if (found !== undefined) show(...found);
  });
  svg.addEventListener("click", ({ target }) => {
    const found = find(target);
    if (found !== undefined) select(cells[found[0]]?.[found[1]]?.alarms ?? []);
  });
  box.addEventListener("keydown", (event) => {
    const column = cells[lane]?.[at]?.column ?? 0;
    const along = (/** @type {number} */ to) => Math.min((cells[lane]?.length ?? 1) - 1, Math.max(0, to));
    const across = (/** @type {number} */ to) => {
      const next = Math.min(cells.length - 1, Math.max(0, to));
      show(next, nearest(cells[next] ?? [], column));
    };
    if (event.key === "ArrowRight") show(lane, along(at + 1));
    else if (event.key === "ArrowLeft") show(lane, along(at - 1));
    else if (event.key === "Home") show(lane, 0);
    else if (event.key === "End") show(lane, along(Infinity));
    else if (event.key === "ArrowDown") across(lane + 1);
    else if (event.key === "ArrowUp") across(lane - 1);
    else if (event.key === "Enter" && at >= 0) select(cells[lane]?.[at]?.alarms ?? []);
    else return;
    event.preventDefault();
  });
  return element("div", {}, box, tip);
}

/** @param {readonly Cell[]} cells @param {number} column */
function nearest(cells, column) {
  const distances = cells.map((cell) => Math.abs(cell.column - column));
  return distances.indexOf(Math.min(...distances));
}

/** @param {Cell} cell */
function tipText({ alarms }) {
  const shown = alarms
    .slice(0, NAMED)
    .map(({ at, row }) => `${timeText(at)} ${row.detection}, ${row.account}, ${row.severity ?? "unknown"}`);
  const more = alarms.length - shown.length;
  const head = alarms.length === 1 ? "" : `${plural(alarms.length, "alarm")}: `;
  return `${head}${shown.join("; ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const made = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
