import { element } from "../../lib/web/dom.js";

/**
 * A section of the report.
 *
 * @param {string} id
 * @param {string} title
 * @param {(Node | string)[]} children
 */
export function section(id, title, ...children) {
  return element(
    "section",
    { id, "aria-labelledby": `${id}-title`, tabindex: "-1" },
    element("h2", { id: `${id}-title` }, title),
    ...children,
  );
}
