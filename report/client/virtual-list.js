import { element } from "../../lib/web/dom.js";

const ROW_HEIGHT = 32;
const SHOWN_ROWS = 12;
/** Rows above and below the visible ones, so that Tab reaches the next. */
const SPARE = 4;

/**
 * A list of any length, of which only the visible rows are elements.
 *
 * @param {string} name for screen readers
 * @param {number} count
 * @param {(number: number) => Node} rowOf content of a row
 */
export function virtualList(name, count, rowOf) {
  const rows = element("div", { class: "rows", role: "list", "aria-label": name });
  const box = element("div", { class: "virtual", role: "region", "aria-label": name, tabindex: "0" }, rows);
  box.style.height = `${Math.min(count, SHOWN_ROWS) * ROW_HEIGHT + 2}px`;
  rows.style.height = `${count * ROW_HEIGHT}px`;
  let shownFrom = -1;
  const show = () => {
    const from = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - SPARE);
    if (from === shownFrom) return;
    shownFrom = from;
    const to = Math.min(count, from + SHOWN_ROWS + 2 * SPARE);
    const focused = rows.contains(document.activeElement)
      ? document.activeElement?.closest("[role=listitem]")?.getAttribute("aria-posinset")
      : undefined;
    rows.replaceChildren(
      ...Array.from({ length: to - from }, (_, at) => {
        const row = element(
          "div",
          { role: "listitem", "aria-posinset": String(from + at + 1), "aria-setsize": String(count) },
          rowOf(from + at),
        );
        row.style.top = `${(from + at) * ROW_HEIGHT}px`;
        return row;
      }),
    );
    if (focused === undefined || focused === null) return;
    const again = rows.querySelector(`[aria-posinset="${focused}"] :is(a, button)`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  };
  box.addEventListener("scroll", show);
  show();
  return box;
}
