import { drawAll } from "./threshold-charts.js";

/** On paper nothing can be opened: everything is, but for what charts show already and for long lists; afterwards it is as before. */
export function openForPrint() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const open = () => {
    // What is opened may hold more to open.
    for (let closed = closedDetails(); closed.length > 0; closed = closedDetails()) {
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

function closedDetails() {
  const all = document.querySelectorAll("main details:not([open], .as-table, .more, [hidden])");
  return [...all].filter((details) => details instanceof HTMLDetailsElement);
}
