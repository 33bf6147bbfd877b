import { byId, element, fill, mark } from "../../../lib/web/dom.js";
import { post } from "./requests.js";
import { topicIn } from "./state.js";
/** @import { PageState } from "./state.js" */
/** @import { ShownMail } from "../page-content" */
/** @import { StepsView } from "../page-steps" */

/** @type {Map<number, { row: HTMLElement, confirmed: boolean }>} */
const rows = new Map();

/**
 * Step 1: the subscriptions whose confirmation step 2 needs: the chosen scenario, and the single calls while they are shown.
 *
 * @param {PageState} state
 * @param {StepsView} steps
 * @param {readonly number[]} needs places in the mailbox
 */
export function showNeeded(state, steps, needs) {
  const mails = needs.flatMap((id) => state.mails.filter((mail) => mail.id === id));
  fill(
    byId("needed"),
    mails.map((mail) => rowOf(mail, state)),
  );
  const open = mails.filter(({ confirmed }) => !confirmed).length;
  byId("step-confirm").dataset.done = String(open === 0);
  byId("needed-hint").textContent = hint(mails.length, open);
  const others = state.unconfirmed().filter(({ id }) => !needs.includes(id)).length;
  const link = byId("needed-others");
  link.hidden = others === 0;
  link.textContent = `${others} more in the mailbox`;
  showCountdown(steps);
}

/**
 * @param {number} all
 * @param {number} open
 */
function hint(all, open) {
  if (all === 0) return "Step 2 needs no confirmation.";
  if (open === 0) return "Confirmed: messages about the alarms of step 2 arrive.";
  return "SNS sends a mail to an address only after its owner followed the link in the confirmation mail.";
}

/** Runs in seconds, so it is not part of what changes with an event. @param {StepsView} steps */
export function showCountdown({ run }) {
  const place = byId("countdown");
  const left = run?.state === "waiting" && run.confirmsAt !== undefined ? run.confirmsAt - Date.now() : undefined;
  const text =
    run?.state !== "waiting"
      ? ""
      : left === undefined
        ? "The scenario waits for you."
        : `The scenario waits for you, and confirms by itself in ${Math.max(0, Math.ceil(left / 1000))} s.`;
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {ShownMail} mail
 * @param {PageState} state
 */
function rowOf(mail, state) {
  const known = rows.get(mail.id);
  if (known?.confirmed === mail.confirmed) return known.row;
  const row = known?.row ?? element("li");
  rows.set(mail.id, { row, confirmed: mail.confirmed });
  const topic = topicIn(mail.text);
  const place = `topic ${topic.split(":").at(-1)} of ${state.nameOf(topic.split(":")[4] ?? "")}`;
  const problem = element("p", { class: "problem", role: "alert" });
  const button = element(
    "button",
    { type: "button", class: "primary", "aria-label": `Confirm: ${mail.to}, ${place}` },
    "Confirm",
  );
  button.addEventListener("click", () => void post(`/mails/${mail.id}/confirm`, button, problem));
  row.replaceChildren(
    element("span", { class: "what" }, element("strong", {}, mail.to), element("span", { class: "quiet" }, place)),
    mail.confirmed ? mark("ok", "Confirmed") : button,
    problem,
  );
  return row;
}
