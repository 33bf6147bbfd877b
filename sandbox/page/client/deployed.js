import { byId, element, mark, named } from "../../../lib/web/dom.js";
/** @import { PageState } from "./state.js" */
/** @import { Deployed } from "../deployed-watch" */
/** @import { ResourceKind } from "../derived/resource" */

/** @type {Set<string>} accounts that the user unfolded */
const unfolded = new Set();
let shown = "";

/**
 * Words for one and for several resources, in the order of the signal path.
 *
 * @type {Record<ResourceKind, [one: string, several: string]>}
 */
export const KINDS = {
  trail: ["trail", "trails"],
  rule: ["rule", "rules"],
  filter: ["metric filter", "metric filters"],
  alarm: ["alarm", "alarms"],
  topic: ["topic", "topics"],
  machine: ["state machine", "state machines"],
};

/** Lists the deployed resources by account. @param {PageState} state */
export function showDeployed(state) {
  const { deployed, accounts } = state;
  const text = JSON.stringify([deployed, [...accounts]]);
  if (text === shown) return;
  shown = text;
  const parts = [...accounts].map(([id, name]) => accountOf(id, name, deployed));
  const none = element("p", { class: "empty" }, "The deployed resources are not known yet.");
  byId("resources").replaceChildren(...(deployed.resources.length === 0 ? [none] : parts));
}

/**
 * @param {string} id
 * @param {string} name
 * @param {Deployed} deployed
 */
function accountOf(id, name, { resources, blind }) {
  const own = resources.filter(({ account }) => account === id).sort(inOrder);
  const lost = blind.filter(({ account }) => account === id);
  const counts = Object.entries(KINDS).flatMap(([kind, [one, several]]) => {
    const count = own.filter((resource) => resource.kind === kind).length;
    return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : several}`];
  });
  const rows = [
    ...lost.map((spot) => row(spot.kind, spot.name, spot.region, mark("alarm", spot.problem))),
    ...own
      .filter(
        ({ kind, name: each, region }) =>
          !lost.some((spot) => spot.kind === kind && spot.name === each && spot.region === region),
      )
      .map(({ kind, name: each, region, state }) => row(kind, each, region, element("span", {}, state))),
  ];
  const made = element(
    "details",
    { open: unfolded.has(id) },
    element(
      "summary",
      {},
      element("strong", {}, ...named(name)),
      ` ${counts.length === 0 ? "nothing deployed" : counts.join(", ")} `,
      ...(lost.length === 0 ? [] : [mark("alarm", `${lost.length} not working`)]),
    ),
    element(
      "div",
      { class: "wide", role: "region", "aria-label": `Resources of ${name}`, tabindex: "0" },
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            ...["Kind", "Name", "Region", "State"].map((text) => element("th", { scope: "col" }, text)),
          ),
        ),
        element("tbody", {}, ...rows),
      ),
    ),
  );
  made.addEventListener("toggle", () => (made.open ? unfolded.add(id) : unfolded.delete(id)));
  return made;
}

/**
 * By kind, then by name: trailwatch-2 before trailwatch-10.
 *
 * @param {Deployed["resources"][number]} one
 * @param {Deployed["resources"][number]} other
 */
function inOrder(one, other) {
  const kinds = Object.keys(KINDS);
  return (
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    one.name.localeCompare(other.name, "en", { numeric: true }) ||
    one.region.localeCompare(other.region, "en")
  );
}

/**
 * @param {ResourceKind} kind
 * @param {string} name
 * @param {string} region
 * @param {HTMLElement} state
 */
function row(kind, name, region, state) {
  return element(
    "tr",
    {},
    element("td", {}, KINDS[kind][0]),
    element("th", { scope: "row" }, ...named(name)),
    element("td", {}, region),
    element("td", {}, state),
  );
}
