import { element, mark, plural } from "../../../lib/web/dom.js";
/** @import { AlarmEntry } from "../derived/alarm-chronicle" */
/** @import { Severity } from "../../../lib/naming/severity" */

/** @satisfies {Record<Severity, number>} */
const RANKS = { critical: 0, high: 1, medium: 2, low: 3 };

/** Orders severities, the most severe first; alarms without one are last. @param {string} one @param {string} other */
export function bySeverity(one, other) {
  const rank = (/** @type {string} */ name) => /** @type {Record<string, number>} */ (RANKS)[name] ?? Infinity;
  return rank(one) === rank(other) ? 0 : rank(one) - rank(other);
}

/** @param {AlarmEntry} entry */
export function severityMark({ severity, to }) {
  const kind = to === "ALARM" ? "alarm" : to === "OK" ? "ok" : "unknown";
  return mark(kind, severity === undefined ? to : `${severity.toUpperCase()}`);
}

/** The text of the message, as its mail has it. @param {AlarmEntry} entry */
export function messageOf({ message, reason }) {
  return element("pre", { class: "message", tabindex: "0" }, message?.text ?? reason);
}

/** Which subscribers received the message, and why others did not. @param {AlarmEntry} entry */
export function receiversOf({ receivers, problems, message }) {
  const lines = receivers.map(({ endpoint, protocol, delivered, reason }) =>
    element(
      "li",
      {},
      delivered ? mark("passed", "received by") : mark("stopped", "not received by"),
      ` ${endpoint} (${protocol})`,
      delivered ? "" : element("span", { class: "quiet" }, `: ${reason}`),
    ),
  );
  const lost = problems.map((problem) => element("li", {}, mark("stopped", "not sent"), ` ${problem}`));
  const none = message === undefined ? "The message is on its way." : "The topic has no subscriber yet.";
  const all = [...lines, ...lost];
  return element("ul", { class: "receivers" }, ...(all.length > 0 ? all : [element("li", { class: "quiet" }, none)]));
}

/**
 * Links to its records, its mails and its runbook.
 *
 * @param {AlarmEntry} entry
 */
export function linksOf({ id, records, receivers, runbook, alarm }) {
  const mails = receivers.flatMap(({ mail }) => (mail === undefined ? [] : [mail]));
  const [first] = mails;
  return element(
    "p",
    { class: "entry-links" },
    ...(records.length === 0 ? [] : [recordsButton(id, alarm, records)]),
    ...(first === undefined ? [] : [mailButton(first, mails.length, alarm)]),
    ...(runbook === undefined ? [] : [element("a", { href: runbook, "aria-label": `Runbook of ${alarm}` }, "Runbook")]),
  );
}

/**
 * @param {string} id
 * @param {string} alarm
 * @param {readonly string[]} records
 */
function recordsButton(id, alarm, records) {
  const text = plural(records.length, "record");
  const made = element(
    "button",
    { type: "button", class: "plain", "data-entry": id, "aria-label": `${text} of ${alarm}` },
    text,
  );
  made.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("records", { detail: { alarm, records } }));
    document.getElementById("records")?.scrollIntoView();
  });
  return made;
}

/**
 * @param {number} mail place in the mailbox
 * @param {number} count
 * @param {string} alarm
 */
function mailButton(mail, count, alarm) {
  const text = count === 1 ? "Mail" : `Mail (${count})`;
  const made = element("button", { type: "button", class: "plain", "aria-label": `${text} of ${alarm}` }, text);
  made.addEventListener("click", () => {
    const article = document.querySelector(`[data-mail="${mail}"]`);
    const details = article?.querySelector("details");
    if (details) details.open = true;
    article?.scrollIntoView({ block: "center" });
    details?.querySelector("summary")?.focus({ preventScroll: true });
  });
  return made;
}
