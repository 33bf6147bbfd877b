import { byId } from "../../../lib/web/dom.js";
import { capitalized, post } from "./requests.js";
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
  text("scenario-title", chosen === undefined ? "" : `${capitalized(chosen.title)}.`);
  text("scenario-text", chosen?.expectation ?? "");
  text("scenario-note", isRunning ? "" : (chosen?.problem ?? ""));
  run.disabled = isRunning || chosen === undefined || chosen.problem !== undefined;
  run.textContent = isRunning ? "Running" : "Run the scenario";
  return chosen;
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
