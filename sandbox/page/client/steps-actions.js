import { byId, element, fill } from "../../../lib/web/dom.js";
import { post } from "./requests.js";
/** @import { ActionView, StepsView } from "../page-steps" */

/** @typedef {{ row: HTMLElement, act: HTMLButtonElement, undo: HTMLButtonElement, note: HTMLElement }} Row */

/** @type {Map<string, Row>} */
const rows = new Map();

/**
 * The single calls of step 2.
 *
 * @param {StepsView} steps
 * @param {boolean} isRunning
 */
export function showActions({ actions, deploying }, isRunning) {
  const isBlocked = isRunning || deploying !== undefined;
  const shown = actions.map((action) => {
    const row = rows.get(action.id) ?? create(action);
    rows.set(action.id, row);
    // A button whose request is under way stays disabled.
    if (row.act.dataset.busy === undefined) row.act.disabled = isBlocked;
    if (row.undo.dataset.busy === undefined) row.undo.disabled = isRunning;
    row.undo.hidden = action.undo === undefined;
    row.undo.textContent = action.undo ?? "";
    row.note.textContent = action.note ?? "";
    return row.row;
  });
  fill(byId("actions"), shown);
}

/** @param {ActionView} action @returns {Row} */
function create({ id, title, by, expectation, times }) {
  const act = element("button", { type: "button", class: "plain" }, title);
  const undo = element("button", { type: "button", class: "plain undo" });
  const problem = element("p", { class: "problem", role: "alert" });
  const note = element("p", { class: "note" });
  const often =
    times === undefined
      ? undefined
      : element("input", {
          type: "number",
          min: "1",
          max: "50",
          value: String(times),
          "aria-label": `Times: ${title}`,
        });
  act.addEventListener("click", () => {
    const query = often === undefined ? "" : `?times=${encodeURIComponent(often.value)}`;
    void busy(act, `/actions/${id}/run${query}`, problem);
  });
  undo.addEventListener("click", () => void busy(undo, `/actions/${id}/undo`, problem));
  const parts =
    often === undefined ? [act, undo] : [act, often, element("span", { "aria-hidden": "true" }, "times"), undo];
  const row = element(
    "li",
    {},
    element("div", { class: "buttons" }, ...parts),
    element("p", { class: "quiet" }, `${by}. ${expectation}`),
    note,
    problem,
  );
  return { row, act, undo, note };
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} path
 * @param {HTMLElement} problem
 */
async function busy(button, path, problem) {
  button.dataset.busy = "";
  await post(path, button, problem);
  delete button.dataset.busy;
}
