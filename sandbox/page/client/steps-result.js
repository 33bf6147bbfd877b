import { byId, element, mark } from "../../../lib/web/dom.js";
import { capitalized } from "./requests.js";
import { showCountdown } from "./steps-confirm.js";
/** @import { PageState } from "./state.js" */
/** @import { ExpectedView, RunView, StageView, StepsView } from "../page-steps" */

/** @type {{ state: PageState, steps: StepsView } | undefined} */
let latest;
let shown = "";

/**
 * Step 3: what happened so far, and what comes next.
 *
 * @param {PageState} state
 * @param {StepsView} steps
 */
export function showResult(state, steps) {
  latest = { state, steps };
  const { run } = steps;
  byId("step-act").dataset.done = String(run !== undefined);
  byId("step-result").dataset.done = String(run?.state === "done");
  byId("step-result").dataset.alarm = String(run?.alarms.some(({ isInAlarm }) => isInAlarm) === true);
  draw();
}

// The seconds pass without an event.
setInterval(() => {
  if (latest === undefined) return;
  showCountdown(latest.steps);
  draw();
}, 1000);

function draw() {
  const run = latest?.steps.run;
  if (latest === undefined || run === undefined) return;
  const { steps } = latest;
  const text = summary({ ...run, state: stateOf(run, steps) });
  if (byId("result-status").textContent !== text) byId("result-status").textContent = text;
  const parts = run.alarms.map((alarm) => ({ alarm, stages: alarm.stages.map((stage) => textOf(stage, run, steps)) }));
  const key = JSON.stringify([run, parts]);
  if (key === shown) return;
  shown = key;
  byId("result").replaceChildren(
    element("p", { class: "run" }, element("strong", {}, capitalized(run.title))),
    ...parts.map(({ alarm, stages }) => article(alarm, stages)),
    ...run.lines.map((line) => element("p", { class: "line" }, line)),
  );
}

/**
 * A single call whose mail is late is over: nothing else ends it. A scenario ends by itself.
 *
 * @param {RunView} run
 * @param {StepsView} steps
 * @returns {RunView["state"]}
 */
function stateOf(run, steps) {
  const open = run.alarms.flatMap(({ stages }) => stages.filter(({ reachedAt }) => reachedAt === undefined));
  const isOver =
    run.state === "running" && !steps.isBusy && !steps.isPaused && open.every((stage) => isLate(stage, run));
  return isOver ? "failed" : run.state;
}

/**
 * @param {StageView} stage
 * @param {RunView} run
 */
function isLate({ expectedSeconds }, { startedAt }) {
  return (Date.now() - startedAt) / 1000 > 2 * expectedSeconds + 15;
}

/** Whether the run raised the alarm; it may be over. @param {ExpectedView} alarm */
function wasRaised({ stages }) {
  return stages.some(({ stage, reachedAt }) => stage === "alarm" && reachedAt !== undefined);
}

/** In one sentence, for screen readers too. @param {RunView} run */
function summary({ state, alarms }) {
  const red = alarms.filter((alarm) => alarm.isInAlarm || wasRaised(alarm)).length;
  const mailed = alarms.filter(({ mail }) => mail !== undefined).length;
  const so = `${red} of ${alarms.length} expected ${alarms.length === 1 ? "alarm" : "alarms"} in ALARM, ${mailed} mailed`;
  switch (state) {
    case "waiting":
      return "Waiting for step 1.";
    case "running":
      return `Running: ${so}.`;
    case "done":
      return `Done, with the expected result: ${so}.`;
    case "failed":
      return `Not the expected result: ${so}.`;
  }
}

/**
 * @param {ExpectedView} alarm
 * @param {{ isReached: boolean, stage: string, text: string }[]} stages
 */
function article(alarm, stages) {
  const mail = alarm.mail === undefined ? [] : [link(`#mail-${alarm.mail}`, "Read the mail")];
  const incident = alarm.isInAlarm
    ? [link(document.getElementById("incident") ? "#incident" : "#alarms", "Show the incident")]
    : [];
  return element(
    "article",
    { class: alarm.isInAlarm ? "expected alarm" : "expected" },
    element(
      "p",
      {},
      alarm.isInAlarm
        ? mark("alarm", "ALARM")
        : wasRaised(alarm)
          ? mark("ok", "OK again")
          : mark("waiting", "expected"),
      " ",
      element("strong", {}, alarm.alarm),
      element("span", { class: "quiet" }, ` ${alarm.severity}, ${alarm.account}`),
    ),
    element(
      "ol",
      { class: "stages" },
      ...stages.map(({ isReached, stage, text }) =>
        element("li", {}, mark(isReached ? "passed" : "waiting", stage), element("span", { class: "quiet" }, text)),
      ),
    ),
    ...(alarm.problem === undefined ? [] : [element("p", { class: "problem" }, `No mail: ${alarm.problem}.`)]),
    element("p", { class: "links" }, ...incident, ...mail),
  );
}

/**
 * @param {string} href
 * @param {string} text
 */
function link(href, text) {
  return element("a", { href }, text);
}

/**
 * @param {StageView} view
 * @param {RunView} run
 * @param {StepsView} steps
 */
function textOf(view, run, { isPaused }) {
  const { stage, expectedSeconds, reachedAt } = view;
  const { startedAt, state } = run;
  const isReached = reachedAt !== undefined;
  if (isReached) return { isReached, stage, text: `after ${((reachedAt - startedAt) / 1000).toFixed(1)} s` };
  const about = `expected after about ${expectedSeconds} s`;
  if (state === "waiting") return { isReached, stage, text: about };
  if (state !== "running") return { isReached, stage, text: "not reached" };
  if (isPaused) return { isReached, stage, text: "paused" };
  if (isLate(view, run))
    return { isReached, stage, text: "later than expected: the signal path below shows where it stopped" };
  return { isReached, stage, text: `${about}, now ${Math.round((Date.now() - startedAt) / 1000)} s` };
}
