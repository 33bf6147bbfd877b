import { stateMark } from "./charts.js";
import { byId, element, mark, named } from "../../../lib/web/dom.js";
/** @import { PageState } from "./state.js" */
/** @import { PageAlarm } from "../page-options" */

let shown = "";

/** Shows the state of every alarm: detections in rows, accounts in columns. @param {PageState} state */
export function showAlarms(state) {
  const text = JSON.stringify([state.alarms, [...state.accounts], [...state.series.keys()]]);
  if (text === shown) return;
  shown = text;
  const watched = [...state.accounts].filter(([id]) => state.alarms.some(({ account }) => account === id));
  byId("alarm-summary").replaceChildren(...watched.map(([id, name]) => summary(name, ofAccount(state, id))));
  const grid = byId("alarm-grid");
  grid.hidden = watched.length === 0;
  grid.replaceChildren(table(state, watched));
}

/**
 * @param {PageState} state
 * @param {string} id
 */
function ofAccount({ alarms }, id) {
  return alarms.filter(({ account }) => account === id);
}

/**
 * @param {string} name
 * @param {PageAlarm[]} alarms
 */
function summary(name, alarms) {
  const count = (/** @type {string} */ state) => alarms.filter((alarm) => alarm.state === state).length;
  const inAlarm = count("ALARM");
  const noData = count("INSUFFICIENT_DATA");
  return element(
    "div",
    { class: inAlarm > 0 ? "tile alarm" : "tile" },
    element("h3", {}, ...named(name)),
    element(
      "p",
      {},
      inAlarm > 0 ? mark("alarm", `${inAlarm} in ALARM`) : "",
      count("OK") > 0 ? mark("ok", `${count("OK")} OK`) : "",
      noData > 0 ? mark("unknown", `${noData} no data`) : "",
    ),
  );
}

/**
 * @param {PageState} state
 * @param {[string, string][]} accounts
 */
function table(state, accounts) {
  const detections = [...new Set(state.alarms.map(({ metricName }) => metricName))];
  const valued = new Set([...state.series.values()].map(({ metricName }) => metricName));
  const rank = (/** @type {string} */ name) => {
    const inAlarm = state.alarms.some((alarm) => alarm.metricName === name && alarm.state === "ALARM");
    return inAlarm ? 0 : valued.has(name) ? 1 : 2;
  };
  detections.sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, "en", { numeric: true }));
  const head = accounts.map(([, name]) => element("th", { scope: "col" }, ...named(name)));
  const rows = detections.map((name) => {
    const cells = accounts.map(([id]) => cell(ofAccount(state, id).filter(({ metricName }) => metricName === name)));
    return element("tr", {}, element("th", { scope: "row" }, ...named(name)), ...cells);
  });
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Detection"), ...head)),
    element("tbody", {}, ...rows),
  );
}

/** @param {PageAlarm[]} alarms of one detection in one account: one, as a rule */
function cell(alarms) {
  if (alarms.length === 0) return element("td", { class: "none" }, element("span", {}, "not watched"));
  const parts = alarms.flatMap((alarm) => {
    const silent = alarm.actionsEnabled === false ? [" ", mark("stopped", "actions off")] : [];
    return [stateMark(alarm), ...silent];
  });
  return element("td", { class: alarms.some(({ state }) => state === "ALARM") ? "alarm" : undefined }, ...parts);
}
