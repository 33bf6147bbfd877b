import { byId, element, fill, mark, timeOf } from "../../../lib/web/dom.js";
import { topicIn } from "./state.js";
/** @import { PageState } from "./state.js" */
/** @import { ShownMail } from "../page-content" */

/** @type {Map<number, { mail: HTMLElement, confirmed: boolean }>} */
const shown = new Map();

/** Shows what SNS sent, the latest first. @param {PageState} state */
export function showMailbox(state) {
  const place = byId("mails");
  const mails = [...state.mails].reverse().map((mail) => articleOf(mail, state));
  const none = "No mail yet. SNS first sends a confirmation request to each subscribed address.";
  if (mails.length > 0) fill(place, mails);
  else if (place.textContent !== none) fill(place, [element("p", { class: "empty" }, none)]);
  const waiting = state.unconfirmed().length;
  byId("mail-count").textContent = waiting > 0 ? `(${waiting} to confirm)` : "";
  showToDo(state);
}

/**
 * @param {ShownMail} mail
 * @param {PageState} state
 */
function articleOf(mail, state) {
  const { confirmed } = mail;
  const known = shown.get(mail.id);
  if (known !== undefined && known.confirmed === confirmed) return known.mail;
  const article = known?.mail ?? element("article", { "data-mail": String(mail.id) });
  shown.set(mail.id, { mail: article, confirmed });
  const hadFocus = article.contains(document.activeElement);
  article.replaceChildren(
    element(
      "div",
      { class: "mail-head" },
      element("h3", {}, mail.subject),
      element("time", { class: "quiet" }, timeOf(mail.at)),
      element("p", {}, `to ${mail.to}${accountText(mail, state)}`),
      ...(mail.confirmLink === undefined ? [] : [confirmed ? mark("ok", "Confirmed") : confirmButton(mail, state)]),
    ),
    element("details", {}, element("summary", {}, "Read the mail"), element("pre", { tabindex: "0" }, mail.text)),
  );
  if (hadFocus) article.querySelector("summary")?.focus();
  return article;
}

/**
 * @param {ShownMail} mail
 * @param {PageState} state
 */
function accountText(mail, state) {
  const topic = topicIn(mail.text);
  const account = topic.split(":")[4];
  if (account === undefined) return "";
  return `, topic ${topic.split(":").at(-1)} of ${state.nameOf(account)}`;
}

/**
 * @param {ShownMail} mail
 * @param {PageState} state
 */
function confirmButton(mail, state) {
  const account = accountText(mail, state);
  const made = element(
    "button",
    { type: "button", class: "primary", "aria-label": `Confirm subscription: ${mail.to}${account}` },
    "Confirm subscription",
  );
  made.addEventListener("click", async () => {
    const answer = await fetch(`/mails/${mail.id}/confirm`, { method: "POST" }).catch(() => undefined);
    if (answer?.ok !== true) made.textContent = "Not confirmed, try again";
  });
  return made;
}

/** What the user should do now: a mailbox is far down the page. @param {PageState} state */
function showToDo(state) {
  const waiting = state.unconfirmed();
  const text = waiting.length === 0 ? "" : [...new Set(waiting.map(({ to }) => to))].join(", ");
  const place = byId("to-do");
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  if (text === "") {
    place.replaceChildren();
    return;
  }
  place.replaceChildren(
    mark("waiting", "Not confirmed"),
    element("span", {}, `${text}: alarms do not reach a subscription until its link is followed. `),
    element("a", { href: "#mailbox" }, "Go to the mailbox"),
  );
}
