import { byId, element, fill, mark, timeOf } from "../../../lib/web/dom.js";
import { post } from "./requests.js";
import { topicIn } from "./state.js";
/** @import { PageState } from "./state.js" */
/** @import { ShownMail } from "../page-content" */

/** @type {Map<number, { mail: HTMLElement, confirmed: boolean }>} */
const shown = new Map();

/** Shows what SNS sent, the latest first. @param {PageState} state */
export function showMailbox(state) {
  const place = byId("mails");
  const latestFirst = [...state.mails].reverse();
  const articles = (/** @type {boolean} */ isRequest) =>
    latestFirst
      .filter(({ confirmLink }) => (confirmLink !== undefined) === isRequest)
      .map((mail) => articleOf(mail, state));
  const mails = articles(false);
  const none = "No mail about an alarm yet.";
  if (mails.length > 0) fill(place, mails);
  else if (place.textContent !== none) fill(place, [element("p", { class: "empty" }, none)]);
  const waiting = state.unconfirmed().length;
  byId("mail-count").textContent = mails.length > 0 ? `(${mails.length})` : "";
  const requests = articles(true);
  fill(byId("confirmation-mails"), requests);
  byId("confirmations").hidden = requests.length === 0;
  byId("confirmation-count").textContent = `(${requests.length}, ${waiting} not confirmed)`;
}

/**
 * @param {ShownMail} mail
 * @param {PageState} state
 */
function articleOf(mail, state) {
  const { confirmed } = mail;
  const known = shown.get(mail.id);
  if (known !== undefined && known.confirmed === confirmed) return known.mail;
  const article = known?.mail ?? element("article", { id: `mail-${mail.id}`, "data-mail": String(mail.id) });
  shown.set(mail.id, { mail: article, confirmed });
  const hadFocus = article.contains(document.activeElement);
  const problem = element("p", { class: "problem", role: "alert" });
  article.replaceChildren(
    element(
      "div",
      { class: "mail-head" },
      element("h3", {}, mail.subject),
      element("time", { class: "quiet" }, timeOf(mail.at)),
      element("p", {}, `to ${mail.to}${accountText(mail, state)}`),
      ...(mail.confirmLink === undefined
        ? []
        : [confirmed ? mark("ok", "Confirmed") : confirmButton(mail, state, problem)]),
    ),
    problem,
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
 * @param {HTMLElement} problem
 */
function confirmButton(mail, state, problem) {
  const account = accountText(mail, state);
  const made = element(
    "button",
    { type: "button", class: "primary", "aria-label": `Confirm subscription: ${mail.to}${account}` },
    "Confirm subscription",
  );
  made.addEventListener("click", () => void post(`/mails/${mail.id}/confirm`, made, problem));
  return made;
}

/** A link to a mail also opens it. */
function openMail() {
  const details = document.querySelector(`${location.hash.match(/^#mail-\d+$/)?.[0] ?? "#none"} > details`);
  if (details instanceof HTMLDetailsElement) details.open = true;
}
addEventListener("hashchange", openMail);
addEventListener("click", ({ target }) => {
  // The same link again changes no hash.
  if (target instanceof HTMLAnchorElement && target.hash === location.hash) openMail();
});
