import { byId } from "../../../lib/web/dom.js";
import { post } from "./steps-post.js";
/** @import { ScenarioView, StepsView } from "../page-steps" */

const select = /** @type {HTMLSelectElement} */ (byId("scenario"));
const run = /** @type {HTMLButtonElement} */ (byId("run-scenario"));
const problem = byId("scenario-problem");

/**
 * The scenario picker of step 2. Returns the chosen scenario.
 *
 * @param {StepsView} steps
 * @param {boolean} isRunning
 * @returns {ScenarioView | undefined}
 */
export function showScenarios({ scenarios }, isRunning) {
  if (select.options.length === 0) {
    select.append(...scenarios.map(({ id, title }) => new Option(`${id}: ${title}`, id)));
    select.value = (scenarios.find(({ isChosen }) => isChosen) ?? scenarios[0])?.id ?? "";
  }
  const chosen = scenarios.find(({ id }) => id === select.value);
  text("scenario-title", chosen === undefined ? "" : `${begin(chosen.title)}.`);
  text("scenario-text", chosen?.expectation ?? "");
  text("scenario-note", isRunning ? "" : (chosen?.problem ?? ""));
  run.disabled = isRunning || chosen === undefined || chosen.problem !== undefined;
  run.textContent = isRunning ? "Running" : "Run the scenario";
  return chosen;
}

/** @param {string} title */
function begin(title) {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/**
 * @param {string} id
 * @param {string} value
 */
function text(id, value) {
  const place = byId(id);
  if (place.textContent !== value) place.textContent = value;
}

select.addEventListener("change", () => {
  problem.textContent = "";
  document.dispatchEvent(new Event("show"));
});
run.addEventListener("click", () => void post(`/scenarios/${encodeURIComponent(select.value)}/run`, run, problem));
