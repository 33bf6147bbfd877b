import { drawAll } from "./threshold-charts.js";

/** Charts of more detections take a browser minutes, and hundreds of pages. */
const MOST_DETECTIONS = 40;

/**
 * Paper has nothing to expand: everything is expanded for printing, except tables of charts, long lists, and detections
 * after the most urgent visible ones; afterwards the page is as before.
 */
export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const open = () => {
    const all = [...document.querySelectorAll(".detection:not([hidden])")];
    const left = new Set(all.slice(MOST_DETECTIONS));
    // Expanded elements may contain more to expand.
    for (let closed = closedDetails(left); closed.length > 0; closed = closedDetails(left)) {
      for (const details of closed) {
        details.open = true;
        // The browser dispatches this event later, but prints at once.
        details.dispatchEvent(new Event("toggle"));
      }
      opened.push(...closed);
    }
    drawAll();
  };
  const close = () => {
    for (const details of opened) details.open = false;
    opened = [];
  };
  addEventListener("beforeprint", open);
  addEventListener("afterprint", close);
}

/** @param {ReadonlySet<Element>} left closed */
function closedDetails(left) {
  const all = document.querySelectorAll("main details:not([open], .as-table, .more, [hidden])");
  return [...all].filter((details) => details instanceof HTMLDetailsElement).filter((details) => !left.has(details));
}
