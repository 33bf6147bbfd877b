import { byId, element, mark, named, plural, timeOf } from "../../../lib/web/dom.js";
import { linksOf, messageOf, receiversOf, severityMark } from "./entry.js";
/** @import { PageState } from "./state.js" */
/** @import { AlarmEntry } from "../derived/alarm-chronicle" */

/** @type {string | undefined} id of the entry that the user opened; until then the latest is open */
let opened;
let shown = "";
let announced = "";

/** Shows the alarms that are in ALARM: the latest, or the chosen one, with its message. @param {PageState} state */
export function showIncidents(state) {
  const incidents = state.incidents();
  announce(incidents[0], state);
  const open = incidents.find(({ id }) => id === opened) ?? incidents[0];
  const text = JSON.stringify([incidents, open?.id, [...state.accounts]]);
  if (text === shown) return;
  shown = text;
  const place = byId("incident");
  place.hidden = open === undefined;
  if (open === undefined) {
    place.replaceChildren();
    return;
  }
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...cardOf(open, state), ...(incidents.length > 1 ? [others(incidents, open, state)] : []));
  if (hadFocus) byId("incident-title").focus({ preventScroll: true });
}

/**
 * @param {AlarmEntry} entry
 * @param {PageState} state
 */
function cardOf(entry, state) {
  const subject = entry.message?.subject ?? entry.title ?? entry.alarm;
  return [
    element(
      "p",
      { class: "incident-head" },
      severityMark(entry),
      element("strong", {}, ...named(state.nameOf(entry.account))),
      element("span", { class: "quiet" }, `in ALARM since ${timeOf(entry.at)}`),
    ),
    element("h2", { id: "incident-title", tabindex: "-1" }, ...named(subject)),
    messageOf(entry),
    receiversOf(entry),
    linksOf(entry),
  ];
}

/**
 * @param {AlarmEntry[]} incidents
 * @param {AlarmEntry} open
 * @param {PageState} state
 */
function others(incidents, open, state) {
  const lines = incidents
    .filter((entry) => entry !== open)
    .map((entry) => {
      const made = element(
        "button",
        { type: "button", "data-entry": entry.id },
        element("time", {}, timeOf(entry.at)),
        severityMark(entry),
        element("span", {}, ...named(entry.message?.subject ?? entry.title ?? entry.alarm)),
        element("span", { class: "quiet" }, ...named(state.nameOf(entry.account))),
      );
      made.addEventListener("click", () => {
        opened = entry.id;
        document.dispatchEvent(new Event("show"));
      });
      return element("li", {}, made);
    });
  return element(
    "div",
    { class: "other-incidents" },
    element("h3", {}, `${plural(lines.length, "other alarm")} in ALARM`),
    element("ul", {}, ...lines),
  );
}

/**
 * Tells screen readers about the latest alarm.
 *
 * @param {AlarmEntry | undefined} entry
 * @param {PageState} state
 */
function announce(entry, state) {
  const text = entry === undefined ? "" : `ALARM: ${entry.alarm}, ${state.nameOf(entry.account)}, ${timeOf(entry.at)}`;
  if (text === announced) return;
  announced = text;
  byId("news").replaceChildren(...(entry === undefined ? [] : [mark("alarm", text)]));
}
