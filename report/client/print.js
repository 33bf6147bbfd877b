import { drawAll } from "./threshold-charts.js";

/** Charts of more take a browser minutes, and hundreds of pages. */
const MOST_DETECTIONS = 40;

/**
 * On paper nothing can be opened: everything is, but for what charts show already, long lists, and the detections behind
 * the most urgent of those that are shown; afterwards it is as before.
 */
export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const open = () => {
    const all = [...document.querySelectorAll(".detection:not([hidden])")];
    const left = new Set(all.slice(MOST_DETECTIONS));
    // What is opened may hold more to open.
    for (let closed = closedDetails(left); closed.length > 0; closed = closedDetails(left)) {
      for (const details of closed) {
        details.open = true;
        // The browser tells of it later, and prints at once.
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
