import { element } from "../../lib/web/dom.js";

/** @typedef {Node | string | number} Cell */

/**
 * A table that scrolls sideways where it is too wide. Numbers are aligned right.
 *
 * @param {string} caption for screen readers
 * @param {readonly string[]} head
 * @param {readonly (readonly Cell[])[]} rows the first cell of each is its heading
 */
export function htmlTable(caption, head, rows) {
  const body = rows.map((row) => element("tr", {}, ...row.map((cell, column) => cellOf(cell, column === 0))));
  const isNumber = head.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  const made = element(
    "table",
    {},
    element("caption", { class: "unseen" }, caption),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...head.map((text, column) =>
          element("th", { scope: "col", class: isNumber[column] && rows.length > 0 && "number" }, text),
        ),
      ),
    ),
    element("tbody", {}, ...body),
  );
  return element("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" }, made);
}

/**
 * @param {Cell} cell
 * @param {boolean} isHead
 */
function cellOf(cell, isHead) {
  if (typeof cell === "number") return element("td", { class: "number" }, cell.toLocaleString("en"));
  return isHead ? element("th", { scope: "row" }, cell) : element("td", {}, cell);
}
