/**
 * Sends a request that changes something. The control is disabled meanwhile; why it failed appears beside it.
 *
 * @param {string} path
 * @param {HTMLButtonElement | HTMLSelectElement} control
 * @param {HTMLElement} problem
 */
export async function post(path, control, problem) {
  const hadFocus = document.activeElement === control;
  control.disabled = true;
  problem.textContent = "";
  try {
    const answer = await fetch(path, { method: "POST" });
    if (!answer.ok) problem.textContent = sentence(await answer.text());
  } catch {
    problem.textContent = "The sandbox did not answer.";
  } finally {
    control.disabled = false;
    if (hadFocus && document.activeElement === document.body) control.focus();
    document.dispatchEvent(new Event("show"));
  }
}

/** @param {string} text */
function sentence(text) {
  return capitalized(/[.!?]$/.test(text) ? text : `${text}.`);
}

/** @param {string} text */
export function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
