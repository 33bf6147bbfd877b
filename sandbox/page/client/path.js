import { byId, element, fill, mark, plural, timeOf } from "./dom.js";
/** @import { State } from "./state.js" */
/** @import { HopEvent } from "../../signal-path/hop-event" */
/** @import { Stop } from "../hop-history" */

/** What each hop does, what passes it and what is said of the rest, in few words. */
const SAYS = /** @type {Record<string, { does: string, passed: string, stopped: string }>} */ ({
  "API call": { does: "Somebody calls AWS", passed: "call", stopped: "" },
  CloudTrail: { does: "writes a record of it", passed: "record", stopped: "" },
  feed: { does: "lets events through", passed: "let through", stopped: "held back" },
  "log group": { does: "keeps them as log events", passed: "log event", stopped: "" },
  "metric filter": { does: "looks for what is watched", passed: "match", stopped: "of no interest" },
  metric: { does: "counts the matches", passed: "value", stopped: "" },
  alarm: { does: "compares with a threshold", passed: "raised", stopped: "without action" },
  forwarding: { does: "hands the alarm to the hub", passed: "forwarded", stopped: "not forwarded" },
  "alert hub": { does: "makes a message of it", passed: "told", stopped: "not told" },
  topic: { does: "passes the message on", passed: "published", stopped: "refused" },
  subscriber: { does: "is told, by mail", passed: "delivered", stopped: "not delivered" },
});

/** Hops that have room side by side. */
const IN_A_ROW = 9;

/** Hops at which a stop means that somebody is not told of what should be told. */
const LOSES = new Set(["alarm", "forwarding", "alert hub", "topic", "subscriber"]);

/** @type {Map<string, { passed: HTMLElement, unit: HTMLElement, stopped: HTMLElement, latest: HTMLElement, item: HTMLElement }>} */
const shown = new Map();

/** Draws the signal path, with counts. @param {State} state */
export function showPath(state) {
  byId("hops").classList.toggle("long", state.hops.length > IN_A_ROW);
  for (const hop of state.hops) {
    const parts = shown.get(hop) ?? draw(hop);
    const { passed, stopped } = state.counts[hop] ?? { passed: 0, stopped: 0 };
    const says = SAYS[hop];
    if (parts.passed.textContent !== passed.toLocaleString("en")) {
      parts.passed.textContent = passed.toLocaleString("en");
      if (passed > 0) light(parts.item);
    }
    parts.unit.textContent = unitOf(says?.passed ?? "", passed);
    parts.item.classList.toggle("reached", passed > 0);
    const isShown = stopped > 0 && says?.stopped !== "";
    fillText(parts.stopped, isShown ? `${stopped.toLocaleString("en")} ${says?.stopped ?? ""}` : "");
    const latest = state.latest.get(hop);
    parts.item.classList.toggle("broken", latest !== undefined && isLost(latest));
    parts.latest.textContent = latest === undefined ? "" : latestText(latest, state);
  }
  showStops(state);
}

/** @param {string} hop */
function draw(hop) {
  const parts = {
    passed: element("strong", {}, "0"),
    unit: element("span", { class: "unit" }),
    stopped: element("p", { class: "stopped" }),
    latest: element("p", { class: "latest" }),
  };
  const item = element(
    "li",
    { "data-hop": hop },
    element("h3", {}, hop),
    element("p", { class: "does" }, SAYS[hop]?.does ?? ""),
    element("p", { class: "count" }, parts.passed, " ", parts.unit),
    parts.stopped,
    parts.latest,
  );
  byId("hops").append(item);
  const drawn = { ...parts, item };
  shown.set(hop, drawn);
  return drawn;
}

/**
 * What was last at a hop, in a word or two.
 *
 * @param {HopEvent} event
 * @param {State} state
 */
function latestText(event, state) {
  switch (event.hop) {
    case "API call":
      return String(event.record["eventName"]);
    case "CloudTrail":
    case "feed":
    case "forwarding":
    case "alert hub":
      return state.nameOf(event.account);
    case "log group":
      return event.logGroup;
    case "metric filter":
    case "metric":
      return event.metricName;
    case "alarm":
      return `${event.metricName}: ${event.to}`;
    case "topic":
      return topicName(event.topicArn);
    case "subscriber":
      return event.endpoint;
  }
}

/** Whether somebody is not told of what should be told. @param {HopEvent} event */
function isLost(event) {
  if (event.hop === "forwarding" || event.hop === "alert hub") return !event.passes;
  if (event.hop === "topic") return !event.published;
  if (event.hop === "subscriber") return !event.delivered;
  return event.hop === "alarm" && event.to === "ALARM" && event.actions.length === 0;
}

/** @param {string} arn */
function topicName(arn) {
  return arn.split(":").at(-1) ?? arn;
}

/** Something passed: the hop lights up for a moment. @param {HTMLElement} item */
function light(item) {
  item.classList.remove("lit");
  void item.offsetWidth;
  item.classList.add("lit");
}

/** Lists where things stop and why, what is lost first. @param {State} state */
function showStops(state) {
  const { stops } = state;
  const lost = stops.filter(({ hop }) => LOSES.has(hop));
  const held = stops.filter(({ hop }) => !LOSES.has(hop));
  const parts = [];
  if (lost.length > 0) parts.push(listed("Where the signal is lost", lost, state, "lost"));
  if (held.length > 0) parts.push(listed("What feeds hold back", held, state, "held"));
  byId("stops").replaceChildren(...parts);
}

/**
 * @param {string} title
 * @param {readonly Stop[]} stops
 * @param {State} state
 * @param {string} kind
 */
function listed(title, stops, state, kind) {
  const items = stops
    .slice(0, 4)
    .map(({ hop, account, reason, count, last }) =>
      element(
        "li",
        {},
        mark("stopped", hop),
        element("span", { class: "reason", title: reason }, reason),
        element(
          "span",
          { class: "quiet" },
          `${state.nameOf(account)}, ${plural(count, "time")}, last at ${timeOf(last)}`,
        ),
      ),
    );
  return element("div", { class: kind }, element("h3", {}, title), element("ul", {}, ...items));
}

/**
 * @param {string} unit
 * @param {number} count
 */
function unitOf(unit, count) {
  if (count === 1 || /(ed|through|told)$/.test(unit)) return unit;
  return unit === "match" ? "matches" : `${unit}s`;
}

/**
 * @param {HTMLElement} shownIn
 * @param {string} text
 */
function fillText(shownIn, text) {
  if (shownIn.dataset.text === text) return;
  shownIn.dataset.text = text;
  fill(shownIn, text === "" ? [] : [mark("stopped", text)]);
}
