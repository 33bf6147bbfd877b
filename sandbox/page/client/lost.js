import { byId } from "../../../lib/web/dom.js";

const CONTROLS = "button, select, input";

/** Whether the page has lost the sandbox; nothing on it works then. */
export function isLost() {
  return !byId("lost").hidden;
}

/** Says over the full width that the sandbox does not answer, and disables every control. */
export function showLost() {
  byId("lost").hidden = false;
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (control.matches(":disabled")) continue;
    control.setAttribute("disabled", "");
    control.setAttribute("data-lost", "");
  }
}

/** The sandbox answers again. */
export function showFound() {
  byId("lost").hidden = true;
  for (const control of document.querySelectorAll("[data-lost]")) {
    control.removeAttribute("disabled");
    control.removeAttribute("data-lost");
  }
}
