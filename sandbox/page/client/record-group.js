import { element, plural } from "../../../lib/web/dom.js";
/** @import { Entry } from "./state.js" */

/** What a group's records are, after their number. */
const GROUPS = {
  own: "of the sandbox itself: deployment and set-up",
  other: "that no detection watches for",
};

/** @type {Map<string, { row: HTMLElement, isOpen: boolean }>} */
const groups = new Map();

/**
 * The line of a group of uninteresting records, and its records once it is unfolded.
 *
 * @param {keyof typeof GROUPS} kind
 * @param {Entry[]} all the latest first
 * @param {{ most: number, forgotten: number }} limits rows, and records that the page does not hold any more
 * @param {(entry: Entry) => HTMLElement} rowOf
 */
export function groupOf(kind, all, { most, forgotten }, rowOf) {
  const own = all.filter((entry) => entry.kind === kind);
  if (own.length + forgotten === 0) return [];
  const group = groups.get(kind) ?? create(kind);
  groups.set(kind, group);
  const cut = group.isOpen && own.length > most ? `, the latest ${most} shown` : "";
  const text = `${plural(own.length + forgotten, "record")} ${GROUPS[kind]}${cut}`;
  const button = /** @type {HTMLElement} */ (group.row.firstElementChild);
  if (button.textContent !== text) button.textContent = text;
  button.setAttribute("aria-expanded", String(group.isOpen));
  return [group.row, ...(group.isOpen ? own.slice(0, most).map(rowOf) : [])];
}

/** @param {keyof typeof GROUPS} kind */
function create(kind) {
  const button = element("button", { type: "button" });
  const group = { row: element("li", { class: "group", "data-group": kind }, button), isOpen: false };
  button.addEventListener("click", () => {
    group.isOpen = !group.isOpen;
    document.dispatchEvent(new Event("show"));
  });
  return group;
}
