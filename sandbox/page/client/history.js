import { byId, element, mark, named, plural } from "../../../lib/web/dom.js";
import { bySeverity, linksOf, messageOf, receiversOf, severityMark } from "./entry.js";
/** @import { PageState } from "./state.js" */
/** @import { AlarmEntry } from "../derived/alarm-chronicle" */

/** Entries on the page, so that it stays quick. */
const MOST_SHOWN = 200;
const form = /** @type {HTMLFormElement} */ (byId("history-filter"));
/** @type {Set<string>} ids of the entries that the user unfolded */
const unfolded = new Set();
let shown = "";

form.addEventListener("input", () => document.dispatchEvent(new Event("show")));
form.addEventListener("submit", (event) => event.preventDefault());

/** Lists the changes of alarms' states, the latest first. @param {PageState} state */
export function showHistory(state) {
  const all = state.history();
  const wanted = Object.fromEntries(new FormData(form));
  const text = JSON.stringify([all, wanted, [...state.accounts]]);
  if (text === shown) return;
  shown = text;
  offer("account", all, (entry) => [entry.account, state.nameOf(entry.account)]);
  offer(
    "severity",
    all,
    ({ severity }) => (severity === undefined ? ["none", "none"] : [severity, severity]),
    bySeverity,
  );
  offer("to", all, ({ to }) => [to, to]);
  const found = all.filter((entry) =>
    Object.entries(wanted).every(
      ([name, value]) => value === "" || (entry[/** @type {keyof AlarmEntry} */ (name)] ?? "none") === value,
    ),
  );
  byId("history-summary").replaceChildren(...summary(all, state));
  byId("entries").replaceChildren(...content(all, found, state));
}

/**
 * @param {AlarmEntry[]} all
 * @param {AlarmEntry[]} found
 * @param {PageState} state
 */
function content(all, found, state) {
  if (all.length === 0) return [element("p", { class: "empty" }, "No alarm has changed its state yet.")];
  if (found.length === 0) return [element("p", { class: "empty" }, "No alarm matches; ", clearButton())];
  const cut =
    found.length > MOST_SHOWN ? [element("p", { class: "quiet" }, `The latest ${MOST_SHOWN} are shown.`)] : [];
  return [element("ol", {}, ...found.slice(0, MOST_SHOWN).map((entry) => lineOf(entry, state))), ...cut];
}

function clearButton() {
  const made = element("button", { type: "button", class: "link" }, "clear the filter");
  made.addEventListener("click", () => {
    form.reset();
    document.dispatchEvent(new Event("show"));
  });
  return made;
}

/**
 * Alarms raised, by account and severity.
 *
 * @param {AlarmEntry[]} all
 * @param {PageState} state
 */
function summary(all, state) {
  const raised = all.filter(({ to }) => to === "ALARM");
  const accounts = [...new Set(raised.map(({ account }) => account))];
  return accounts.map((account) => {
    const own = raised.filter((entry) => entry.account === account);
    const severities = [...new Set(own.map(({ severity }) => severity ?? "no severity"))].sort(bySeverity);
    const counts = severities.map(
      (severity) => `${own.filter((entry) => (entry.severity ?? "no severity") === severity).length} ${severity}`,
    );
    return element(
      "p",
      {},
      element("strong", {}, ...named(state.nameOf(account))),
      `: ${plural(own.length, "alarm")} (${counts.join(", ")})`,
    );
  });
}

/**
 * @param {AlarmEntry} entry
 * @param {PageState} state
 */
function lineOf(entry, state) {
  const { id, at, from, to, alarm, account, region, reason } = entry;
  const made = element(
    "details",
    { open: unfolded.has(id) },
    element(
      "summary",
      {},
      element("time", {}, dayAndTime(at)),
      severityMark(entry),
      element("span", { class: "change" }, `${from} → ${to}`),
      element("span", {}, ...named(entry.title ?? entry.detection)),
      element("span", { class: "quiet" }, ...named(state.nameOf(account))),
    ),
    element("p", { class: "quiet" }, ...named(alarm), `, ${region}`),
    element("p", {}, mark(to === "ALARM" ? "alarm" : "ok", "Reason"), ` ${reason}`),
    ...(entry.message === undefined ? [] : [element("h3", {}, entry.message.subject), messageOf(entry)]),
    ...(to === "ALARM" || entry.receivers.length > 0 ? [receiversOf(entry)] : []),
    linksOf(entry),
  );
  made.addEventListener("toggle", () => (made.open ? unfolded.add(id) : unfolded.delete(id)));
  return element("li", {}, made);
}

/** @param {number} at */
function dayAndTime(at) {
  const date = new Date(at);
  const day = date.toLocaleDateString([], { day: "2-digit", month: "short" });
  return `${day} ${date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false })}`;
}

/**
 * Adds values to a list of choices, unless they are there already.
 *
 * @param {string} name
 * @param {AlarmEntry[]} entries
 * @param {(entry: AlarmEntry) => [string, string]} choice value and text
 * @param {(one: string, other: string) => number} [order] of the values; else that of the entries
 */
function offer(name, entries, choice, order) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));
  const present = new Set([...select.options].map(({ value }) => value));
  for (const [value, text] of new Map(entries.map(choice))) {
    if (present.has(value)) continue;
    const next = [...select.options].find((option) => option.value !== "" && (order?.(value, option.value) ?? 0) < 0);
    select.insertBefore(element("option", { value }, text), next ?? null);
  }
}
