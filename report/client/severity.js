import { element } from "../../lib/web/dom.js";
import { severityText } from "../severity.ts";

/** Symbol, word and colour of a severity. @param {string | undefined} severity */
export function severityMark(severity) {
  const [symbol = "", word = ""] = severityText(severity).split(" ");
  return element(
    "span",
    { class: `severity ${severity ?? "unknown"}` },
    element("span", { "aria-hidden": "true" }, symbol),
    ` ${word}`,
  );
}
