import { byId } from "../../../lib/web/dom.js";
import { showActions } from "./steps-actions.js";
import { post } from "./requests.js";
import { showNeeded } from "./steps-confirm.js";
import { showResult } from "./steps-result.js";
import { showScenarios } from "./steps-scenarios.js";
/** @import { PageState } from "./state.js" */
/** @import { StepsView } from "../page-steps" */

/** The speeds that a person can choose; the sandbox may have been started with another. */
const SPEEDS = [1, 10, 60, 120, 600];

const speed = /** @type {HTMLSelectElement} */ (byId("speed"));
const pause = /** @type {HTMLButtonElement} */ (byId("pause"));
const problem = byId("pace-problem");
const singleCalls = /** @type {HTMLDetailsElement} */ (byId("single-calls"));

/** Confirm, act, see the result: the first screen. @param {PageState} state */
export function showSteps(state) {
  const { steps } = state;
  byId("steps").hidden = steps === undefined;
  if (steps === undefined) return;
  const isRunning = steps.run !== undefined && ["running", "waiting"].includes(steps.run.state) && steps.isBusy;
  const chosen = showScenarios(steps, isRunning);
  const calls = singleCalls.open ? steps.actions : [];
  showNeeded(state, steps, [...new Set([...(chosen?.needs ?? []), ...calls.flatMap(({ needs }) => needs)])]);
  showActions(steps, isRunning);
  showDeploying(steps);
  showPace(steps.speed, steps.isPaused);
  showResult(state, steps);
}

/** @param {StepsView} steps */
function showDeploying({ deploying }) {
  const text =
    deploying === undefined
      ? ""
      : `Deploying the rest: ${deploying.done} of ${deploying.of} stacks can be used. Other scenarios and single calls need all of them.`;
  const place = byId("deploying");
  place.hidden = deploying === undefined;
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {number} current
 * @param {boolean} isPaused
 */
function showPace(current, isPaused) {
  const offered = [...new Set([...SPEEDS, current])].sort((one, other) => one - other);
  if (speed.options.length !== offered.length)
    speed.replaceChildren(...offered.map((each) => new Option(each === 1 ? "1× (as AWS)" : `${each}×`, String(each))));
  if (document.activeElement !== speed) speed.value = String(current);
  pause.textContent = isPaused ? "Resume" : "Pause";
  pause.dataset.paused = String(isPaused);
}

singleCalls.addEventListener("toggle", () => document.dispatchEvent(new Event("show")));
speed.addEventListener("change", () => void post(`/speed/${speed.value}`, speed, problem));
pause.addEventListener("click", () => {
  const verb = pause.dataset.paused === "true" ? "resume" : "pause";
  void post(`/processing/${verb}`, pause, problem);
});
