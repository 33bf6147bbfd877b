import { KINDS } from "./deployed.js";
import { byId, element, fill, mark, minuteOf, named, plural, timeOf } from "../../../lib/web/dom.js";
/** @import { PageState } from "./state.js" */
/** @import { EachHop, HopEvent } from "../../signal-path/hop-event" */
/** @import { Stop } from "../hop-history" */
/** @import { ShownHop } from "../hop-words" */
/** @import { BlindSpot } from "../derived/blind-spots" */

/** Resources that do not work, shown at a hop; the others are counted. */
const MOST_SPOTS = 3;

const LEGEND =
  "Up to 'metric', each hop counts the records that a detection watches for, each once. 'Alarm' and the alert hub count " +
  "alarms raised, 'topic' counts messages, and 'subscriber' counts deliveries: a message goes to each subscriber.";

/** @type {Map<string, { passed: HTMLElement, unit: HTMLElement, stopped: HTMLElement, latest: HTMLElement, blind: HTMLElement, item: HTMLElement }>} */
const shown = new Map();

/** Draws the signal path, with counts. @param {PageState} state */
export function showPath(state) {
  const isAlarmed = state.incidents().length > 0;
  for (const says of state.hops) {
    const { hop } = says;
    const parts = shown.get(hop) ?? draw(says);
    const { passed, stopped } = state.counts[hop] ?? { passed: 0, stopped: 0 };
    if (parts.passed.textContent !== passed.toLocaleString("en")) {
      parts.passed.textContent = passed.toLocaleString("en");
      if (passed > 0) light(parts.item);
    }
    parts.unit.textContent = unitOf(says.passed, passed);
    parts.item.classList.toggle("reached", passed > 0);
    const isShown = stopped > 0 && says.stopped !== "";
    fillText(parts.stopped, isShown ? `${stopped.toLocaleString("en")} ${says.stopped}` : "");
    const latest = state.latest.get(hop);
    parts.item.classList.toggle("broken", latest !== undefined && forHop(IS_LOST, latest));
    fillNames(parts.latest, latest === undefined ? "" : forHop(LATEST, latest, (id) => state.nameOf(id)));
    parts.item.classList.toggle("alarmed", isAlarmed && (hop === "alarm" || says.isBehindAlarm));
    showBlind(parts, state, hop);
  }
  byId("legend").textContent = LEGEND;
  showStops(state);
}

/** @param {ShownHop} says */
function draw({ hop, does }) {
  const parts = {
    passed: element("strong", {}, "0"),
    unit: element("span", { class: "unit" }),
    stopped: element("p", { class: "stopped" }),
    latest: element("p", { class: "latest" }),
    blind: element("ul", { class: "blind-spots" }),
  };
  const item = element(
    "li",
    { "data-hop": hop },
    element("h3", {}, hop),
    element("p", { class: "does" }, does),
    element("p", { class: "count" }, parts.passed, " ", parts.unit),
    element("div", {}, parts.stopped, parts.blind),
    parts.latest,
  );
  byId("hops").append(item);
  const drawn = { ...parts, item };
  shown.set(hop, drawn);
  return drawn;
}

/**
 * The latest event at a hop, in a word or two.
 *
 * @type {EachHop<string, [nameOf: (account: string) => string]>}
 */
const LATEST = {
  "API call": ({ record }) => String(record["eventName"]),
  CloudTrail: ({ account }, nameOf) => nameOf(account),
  feed: ({ account }, nameOf) => nameOf(account),
  "log group": ({ logGroup }) => logGroup,
  "metric filter": ({ metricName }) => metricName,
  metric: ({ metricName }) => metricName,
  alarm: ({ metricName, to }) => `${metricName}: ${to}`,
  forwarding: ({ account }, nameOf) => nameOf(account),
  "alert hub": ({ account }, nameOf) => nameOf(account),
  topic: ({ topicArn }) => topicName(topicArn),
  subscriber: ({ endpoint }) => endpoint,
};

/**
 * Whether the event means that a notification is lost.
 *
 * @type {EachHop<boolean>}
 */
const IS_LOST = {
  "API call": () => false,
  CloudTrail: () => false,
  feed: () => false,
  "log group": () => false,
  "metric filter": () => false,
  metric: () => false,
  alarm: ({ to, actions }) => to === "ALARM" && actions.length === 0,
  forwarding: ({ passes }) => !passes,
  "alert hub": ({ passes }) => !passes,
  topic: ({ published }) => !published,
  subscriber: ({ delivered }) => !delivered,
};

/**
 * Calls the function of the event's hop.
 *
 * @template Result
 * @template {readonly unknown[]} Rest
 * @param {EachHop<Result, Rest>} functions
 * @param {HopEvent} event
 * @param {Rest} rest
 */
function forHop(functions, event, ...rest) {
  return /** @type {(event: HopEvent, ...rest: Rest) => Result} */ (functions[event.hop])(event, ...rest);
}

/** @param {string} arn */
function topicName(arn) {
  return arn.split(":").at(-1) ?? arn;
}

/** Lights up the hop for a moment when something passes. @param {HTMLElement} item */
function light(item) {
  item.classList.remove("lit");
  void item.offsetWidth;
  item.classList.add("lit");
}

/**
 * Lists what does not work at a hop, until it works again.
 *
 * @param {{ blind: HTMLElement, item: HTMLElement }} parts
 * @param {PageState} state
 * @param {string} hop
 */
function showBlind({ blind, item }, state, hop) {
  const spots = state.deployed.blind.filter((spot) => spot.hop === hop);
  item.classList.toggle("blind", spots.length > 0);
  const text = JSON.stringify([spots, [...state.accounts]]);
  if (blind.dataset.text === text) return;
  blind.dataset.text = text;
  const more = spots.length > MOST_SPOTS ? [element("li", {}, `and ${plural(spots.length - MOST_SPOTS, "more")}`)] : [];
  blind.replaceChildren(...spots.slice(0, MOST_SPOTS).map((spot) => blindLine(spot, state)), ...more);
}

/**
 * @param {BlindSpot} spot
 * @param {PageState} state
 */
function blindLine({ since, by, kind, name, problem, account }, state) {
  const cause = by === undefined ? "" : `, ${by.principal}, ${by.call}`;
  return element(
    "li",
    {},
    mark("alarm", `blind since ${minuteOf(since)}`),
    element("span", {}, ...named(`${cause}: ${KINDS[kind][0]} ${name} ${problem}, ${state.nameOf(account)}`)),
  );
}

/** Lists where things stop and why, losses first. @param {PageState} state */
function showStops(state) {
  const { stops } = state;
  const lossy = new Set(state.hops.flatMap(({ hop, isLossy }) => (isLossy ? [hop] : [])));
  const lost = stops.filter(({ hop }) => lossy.has(hop));
  const held = stops.filter(({ hop }) => !lossy.has(hop));
  const parts = [];
  if (lost.length > 0) parts.push(listed("Where the signal is lost", lost, state, "lost"));
  if (held.length > 0) parts.push(listed("Held back by feeds", held, state, "held"));
  byId("stops").replaceChildren(...parts);
}

/**
 * @param {string} title
 * @param {readonly Stop[]} stops
 * @param {PageState} state
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
 * @param {HTMLElement} shownIn
 * @param {string} name
 */
function fillNames(shownIn, name) {
  if (shownIn.textContent !== name) shownIn.replaceChildren(...named(name));
}

/**
 * @param {string} unit
 * @param {number} count
 */
function unitOf(unit, count) {
  if (count === 1) return unit;
  return unit === "delivery" ? "deliveries" : `${unit}s`;
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
