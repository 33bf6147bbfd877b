import { byId, element, fill, mark, named, plural, timeOf } from "../../../lib/web/dom.js";
import { showExplanation } from "./explanation.js";
import { groupOf } from "./record-group.js";
/** @import { Entry, PageState } from "./state.js" */

/** Rows on the page, so that it stays quick. */
const MOST_ROWS = 150;

const form = /** @type {HTMLFormElement} */ (byId("filter"));
const list = byId("record-list");
/** @type {WeakMap<Entry, { row: HTMLElement, outcome: string }>} */
const rows = new WeakMap();
/** @type {string | undefined} selected by the user; until then the page explains the latest signal */
let chosen;
/** @type {{ alarm: string, records: readonly string[] } | undefined} the events that an alarm counted */
let counted;

form.addEventListener("input", requestRedraw);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("choose", (event) => {
  chosen = /** @type {CustomEvent<string | undefined>} */ (event).detail;
  requestRedraw();
});
document.addEventListener("records", (event) => {
  form.reset();
  counted = /** @type {CustomEvent<{ alarm: string, records: readonly string[] }>} */ (event).detail;
  chosen = counted.records[0];
  byId("records").focus({ preventScroll: true });
  requestRedraw();
});
byId("clear-filter").addEventListener("click", () => {
  form.reset();
  counted = undefined;
  requestRedraw();
});

function requestRedraw() {
  document.dispatchEvent(new Event("show"));
}

/** Lists the records that match the filter, the latest first, and explains one. @param {PageState} state */
export function showRecords(state) {
  offer("account", [...state.accounts]);
  const detections = new Set([...state.records.values()].flatMap(({ detections }) => [...detections]));
  offer(
    "detection",
    [...detections].sort().map((name) => [name, name]),
  );
  const all = [...state.records.values()].reverse();
  const isFiltered = counted !== undefined || [...new FormData(form).values()].some((value) => value !== "");
  // With a filter, records of every kind are found.
  const found = isFiltered ? all.filter(wanted()) : all.filter(({ kind }) => kind === "watched");
  const shown = found.slice(0, MOST_ROWS);
  const explained = chosen ?? state.signal ?? shown[0]?.call.eventId;
  const row = (/** @type {Entry} */ entry) => rowOf(entry, state, explained);
  const groups = isFiltered
    ? []
    : /** @type {const} */ (["own", "other"]).flatMap((kind) =>
        groupOf(kind, all, { most: MOST_ROWS, forgotten: state.forgotten[kind] }, row),
      );
  fill(list, [...shown.map(row), ...groups]);
  byId("record-count").textContent = countText(shown.length, found.length, all.length, isFiltered);
  byId("clear-filter").hidden = !isFiltered;
  void showExplanation(state, explained, chosen === undefined);
}

function wanted() {
  const data = new FormData(form);
  const words = String(data.get("text")).toLowerCase().split(/\s+/);
  const account = data.get("account");
  const detection = String(data.get("detection"));
  return (/** @type {Entry} */ { call, text, detections }) =>
    words.every((word) => text.includes(word)) &&
    (account === "" || call.account === account) &&
    (detection === "" || detections.has(detection)) &&
    (counted === undefined || counted.records.includes(call.eventId));
}

/**
 * @param {Entry} entry
 * @param {PageState} state
 * @param {string | undefined} explained
 */
function rowOf(entry, state, explained) {
  const outcome = [entry.outcome, ...entry.detections].join(" ");
  const known = rows.get(entry);
  const made = known?.outcome === outcome ? known : { row: known?.row ?? element("li"), outcome };
  if (made !== known) {
    rows.set(entry, made);
    fill(made.row, [button(entry, state)]);
  }
  const pressed = String(entry.call.eventId === explained);
  const inside = made.row.firstElementChild;
  if (inside?.getAttribute("aria-pressed") !== pressed) inside?.setAttribute("aria-pressed", pressed);
  return made.row;
}

/**
 * @param {Entry} entry
 * @param {PageState} state
 */
function button({ call, outcome, detections }, state) {
  const [what = "", who = ""] = split(call.summary);
  const made = element(
    "button",
    { type: "button", "data-event": call.eventId, "aria-controls": "explanation" },
    element("time", {}, timeOf(call.at)),
    element(
      "span",
      { class: "what" },
      element("strong", {}, ...named(what)),
      element("span", { class: "quiet" }, ...named(`${who === "" ? "" : `${who}, `}${state.nameOf(call.account)}`)),
    ),
    outcomeMark(outcome, detections),
  );
  made.addEventListener("click", () => {
    chosen = call.eventId;
    void showExplanation(state, chosen, false, true);
    requestRedraw();
  });
  return made;
}

/** @param {string} summary such as `secretsmanager:GetSecretValue by role/app` */
function split(summary) {
  const at = summary.indexOf(" by ");
  return at < 0 ? [summary, ""] : [summary.slice(0, at), summary.slice(at + 1)];
}

/**
 * @param {string} outcome
 * @param {Set<string>} detections
 */
function outcomeMark(outcome, detections) {
  switch (outcome) {
    case "matched":
      return mark("matched", [...detections].join(", "));
    case "logged":
      return mark("ok", "logged, no match");
    case "stopped":
      return mark("stopped", "held back by the feed");
    default:
      return mark("waiting", "on its way");
  }
}

/**
 * Adds values to a list of choices, unless they are there already.
 *
 * @param {string} name
 * @param {[string, string][]} choices value and text
 */
function offer(name, choices) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  const present = new Set([...select.options].map(({ value }) => value));
  for (const [value, text] of choices) if (!present.has(value)) select.append(element("option", { value }, text));
}

/**
 * @param {number} shown
 * @param {number} found
 * @param {number} all
 * @param {boolean} isFiltered
 */
function countText(shown, found, all, isFiltered) {
  if (all === 0) return "No call yet. Every AWS call to the sandbox becomes a record here.";
  const cut = shown < found ? `, the latest ${shown} shown` : "";
  if (!isFiltered) {
    if (found === 0) return "No record yet that a detection watches for.";
    return `${plural(found, "record")} that a detection watches for${cut}`;
  }
  if (counted !== undefined) return `${plural(found, "record")} that ${counted.alarm} counted${cut}.`;
  return found === 0 ? `No record of ${all} matches.` : `${plural(found, "record")} of ${all}${cut}.`;
}
