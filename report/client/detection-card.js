import { element, plural } from "../../lib/web/dom.js";
import { detectionBody } from "./detection-body.js";
import { numberText, rateText } from "./format.js";
import { severityMark } from "./severity.js";
import { virtualList } from "./virtual-list.js";
/** @import { Group, Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

const VERDICTS = /** @type {Record<string, readonly [kind: string, text: string]>} */ ({
  change: ["wait", "change"],
  "no-static-threshold": ["alarm", "no suitable threshold"],
  "in-budget": ["ok", "in the budget"],
});

/** A detection in all of its accounts: of several, a list to choose from. Charts are drawn when it is opened. */
export class DetectionCard {
  pane = element("div");
  list = element("div");
  isFilled = false;
  /** @type {Row | undefined} */
  shown;

  /**
   * @param {Group} group
   * @param {ReportData} report
   */
  constructor(group, report) {
    this.group = group;
    this.report = report;
    /** @type {readonly Row[]} */
    this.rows = group.rows;
    const [only] = group.rows;
    const isSingle = group.rows.length === 1 && only !== undefined;
    this.root = element(
      "details",
      { class: "detection", id: isSingle ? `${only.account}/${group.detection}` : group.detection },
      this.summary(isSingle ? only : undefined),
    );
    // Hundreds of charts take long to draw: draw each when it becomes visible.
    this.root.addEventListener("toggle", () => {
      if (this.root.open) this.fillOnce();
    });
  }

  /** @param {Row | undefined} only the row of a single account */
  summary(only) {
    const { detection, title, severity, events, alarms, rows } = this.group;
    const verdicts = new Map(
      rows.flatMap(({ details }) => {
        const verdict = VERDICTS[details?.advice?.verdict ?? ""];
        return verdict === undefined ? [] : [verdict];
      }),
    );
    const perWeek = only?.details === undefined ? "" : `, ${rateText(only.details.alarmsPerWeek)} a week`;
    return element(
      "summary",
      {},
      severityMark(severity),
      element("h3", {}, detection),
      element("span", { class: "account" }, only?.account ?? plural(rows.length, "account")),
      ...[...verdicts].map(([kind, label]) => element("span", { class: `verdict ${kind}` }, label)),
      element("span", { class: "figures" }, `${plural(events, "event")}, ${plural(alarms, "alarm")}${perWeek}`),
      ...(title === undefined ? [] : [element("span", { class: "quiet title" }, title)]),
    );
  }

  /** @param {readonly Row[]} rows those that the filter selects */
  filter(rows) {
    if (rows.length === this.rows.length && rows.every((row, at) => row === this.rows[at])) return;
    this.rows = rows;
    if (this.isFilled) this.showList();
  }

  fillOnce() {
    if (this.isFilled) return;
    this.isFilled = true;
    this.root.append(this.list, this.pane);
    this.showList();
  }

  showList() {
    const [first] = this.rows;
    if (first === undefined) return;
    if (this.group.rows.length > 1) {
      this.list.replaceChildren(
        element("h4", {}, `Accounts, by alarms (${numberText(this.rows.length)})`),
        virtualList(`Accounts with ${this.group.detection}`, this.rows.length, (number) => this.choice(number)),
      );
    }
    if (this.shown === undefined || !this.rows.includes(this.shown)) this.show(first);
  }

  /** @param {number} number */
  choice(number) {
    const row = this.rows[number];
    if (row === undefined) return element("span");
    const button = element(
      "button",
      { type: "button", class: "choose", "aria-pressed": String(row === this.shown) },
      severityMark(row.severity),
      element("span", { class: "account" }, row.account),
      element("span", { class: "figures" }, `${plural(row.events, "event")}, ${plural(row.alarms, "alarm")}`),
    );
    button.addEventListener("click", () => {
      this.show(row);
      for (const other of this.list.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", "true");
    });
    return button;
  }

  /** @param {Row} row */
  show(row) {
    this.shown = row;
    const isSeveral = this.group.rows.length > 1;
    this.pane.replaceChildren(
      ...(isSeveral ? [element("h4", { class: "chosen" }, `${row.detection} in ${row.account}`)] : []),
      row.details === undefined ? withoutDetails(row) : detectionBody(row.details, this.report),
    );
    if (isSeveral) this.pane.id = `${row.account}/${row.detection}`;
  }

  /** Whether this card has what an address names, and shows it. @param {string} name */
  openNamed(name) {
    const row = this.group.rows.find(({ account, detection }) => `${account}/${detection}` === name);
    if (row === undefined && name !== this.group.detection) return false;
    this.root.hidden = false;
    this.root.open = true;
    this.fillOnce();
    if (row !== undefined && row !== this.shown) {
      this.show(row);
      this.showList();
    }
    (row === undefined || this.group.rows.length === 1 ? this.root : this.pane).scrollIntoView();
    this.root.querySelector("summary")?.focus({ preventScroll: true });
    return true;
  }
}

/** @param {Row} row */
function withoutDetails({ account, detection, events, alarms }) {
  return element(
    "p",
    { class: "body" },
    `${plural(events, "event")}, ${plural(alarms, "alarm")}. Charts and records are left out because of the report's size: the same command with `,
    element("code", {}, `--account ${account} --detection ${detection}`),
    " has them.",
  );
}
