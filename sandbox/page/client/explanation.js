import { byId, element, mark, timeOf } from "../../../lib/web/dom.js";
/** @import { PageState } from "./state.js" */
/** @import { ExplainedHop } from "../page-options" */
/** @import { ShownHop } from "../hop-words" */

const WORDS = { passed: "passed", stopped: "stopped", waiting: "waiting" };
/** Milliseconds after which the same event is requested again: it may have progressed. */
const REFRESH_DELAY = 500;

/** Characters of an answer that is no explanation. */
const MOST_PROBLEM = 300;

const place = byId("explanation");
let shown = { eventId: "", text: "" };
let requested = { eventId: "", at: 0 };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let again;

/**
 * Shows hop by hop what happened to an event.
 *
 * @param {PageState} state
 * @param {string | undefined} eventId
 * @param {boolean} follows whether it is the latest signal, selected automatically
 * @param {boolean} takesFocus
 */
export async function showExplanation(state, eventId, follows, takesFocus = false) {
  if (eventId === undefined) {
    place.replaceChildren(title("Path of a record"), hint("Select a record to see how far it got, and why."));
    return;
  }
  const wait = requested.eventId === eventId && !takesFocus ? requested.at + REFRESH_DELAY - Date.now() : 0;
  if (wait > 0) {
    clearTimeout(again);
    again = setTimeout(() => document.dispatchEvent(new Event("show")), wait);
    return;
  }
  requested = { eventId, at: Date.now() };
  const answer = await explanationOf(eventId);
  // The user selected another event in the meantime.
  if (requested.eventId !== eventId) return;
  const text = `${follows} ${JSON.stringify(answer)}`;
  if (shown.eventId !== eventId || shown.text !== text) {
    if ("problem" in answer) drawProblem(state, eventId, answer.problem);
    else draw(state, eventId, answer.hops, follows);
  }
  shown = { eventId, text };
  if (takesFocus) byId("explanation-title").focus();
}

/**
 * The hops of an event, or why they are not known.
 *
 * @param {string} eventId
 * @returns {Promise<{ hops: readonly ExplainedHop[] } | { problem: string }>}
 */
async function explanationOf(eventId) {
  try {
    const answer = await fetch(`/records/${encodeURIComponent(eventId)}`);
    if (answer.ok) return { hops: await answer.json() };
    return { problem: `the sandbox answered ${answer.status}: ${(await answer.text()).slice(0, MOST_PROBLEM)}` };
  } catch {
    return { problem: "the sandbox does not answer" };
  }
}

/**
 * Replaces what was shown: it may be of another record, or no longer true.
 *
 * @param {PageState} state
 * @param {string} eventId
 * @param {string} problem
 */
function drawProblem(state, eventId, problem) {
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(
    title(String(state.records.get(eventId)?.call.record["eventName"] ?? eventId)),
    element(
      "p",
      {},
      mark("stopped", "Not explained"),
      ` The path of this record could not be read: ${problem}. The page asks again.`,
    ),
  );
  if (hadFocus) byId("explanation-title").focus({ preventScroll: true });
}

/**
 * @param {PageState} state
 * @param {string} eventId
 * @param {readonly ExplainedHop[]} hops
 * @param {boolean} follows
 */
function draw(state, eventId, hops, follows) {
  const call = state.records.get(eventId)?.call;
  const isOpen = place.querySelector("details")?.open ?? false;
  const hadFocus = place.contains(document.activeElement);
  const where = call === undefined ? "" : `${timeOf(call.at)}, ${state.nameOf(call.account)}, ${call.region}`;
  place.replaceChildren(
    title(String(call?.record["eventName"] ?? eventId)),
    hint(follows ? `${where}. This is the latest signal. Select a record to pin it.` : where),
    element("ol", { class: "steps" }, ...state.hops.flatMap((hop) => step(hop, hops))),
    element(
      "details",
      { open: isOpen },
      element("summary", {}, "The record as CloudTrail delivers it"),
      element("pre", { tabindex: "0" }, JSON.stringify(call?.record ?? {}, undefined, 2)),
    ),
    ...(follows ? [] : [followButton()]),
  );
  if (hadFocus) byId("explanation-title").focus({ preventScroll: true });
}

/**
 * @param {ShownHop} shownHop
 * @param {readonly ExplainedHop[]} all
 */
function step({ hop, isBehindAlarm }, all) {
  const here = all.filter((each) => each.hop === hop);
  if (here.length === 0) return [];
  const lines = here.map(({ outcome, text }) =>
    element("p", {}, mark(outcome, WORDS[outcome]), " ", element("span", { class: "detail" }, text)),
  );
  const outcome = here.some((each) => each.outcome === "passed") ? "passed" : (here[0]?.outcome ?? "");
  const isLost = outcome === "stopped" && isBehindAlarm;
  return [element("li", { class: isLost ? "stopped lost" : outcome }, element("h4", {}, hop), ...lines)];
}

/** @param {string} text */
function title(text) {
  return element("h3", { id: "explanation-title", tabindex: "-1" }, text);
}

/** @param {string} text */
function hint(text) {
  return element("p", { class: "quiet" }, text);
}

function followButton() {
  const made = element("button", { type: "button", class: "plain" }, "Follow the latest signal again");
  made.addEventListener("click", () => choose(undefined));
  return made;
}

/** @param {string | undefined} eventId */
function choose(eventId) {
  document.dispatchEvent(new CustomEvent("choose", { detail: eventId }));
}

place.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const row = document.querySelector(`[data-event="${CSS.escape(shown.eventId)}"]`);
  if (row instanceof HTMLElement) row.focus();
});
