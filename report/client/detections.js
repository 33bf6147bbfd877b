import { element, plural } from "../../lib/web/dom.js";
import { DetectionCard } from "./detection-card.js";
import { numberText } from "./format.js";
import { groupsOf } from "./rows.js";
import { section } from "./section.js";
/** @import { Row } from "./rows.js" */
/** @import { ReportData } from "../report-data" */

/** More accounts are found faster by typing. */
const MAX_OPTIONS = 30;

/** @type {DetectionCard[]} */
let cards = [];

/**
 * A card for each detection that matched, by severity, then by count, with a filter.
 *
 * @param {readonly Row[]} rows
 * @param {ReportData} report
 */
export function detectionsSection(rows, report) {
  if (rows.length === 0) {
    return section("detections", "Detections", element("p", {}, "No record matches any detection."));
  }
  cards = groupsOf(rows).map((group) => new DetectionCard(group, report));
  const count = element("p", { class: "quiet", role: "status" });
  const text = element("input", { type: "search", placeholder: "secret-read", autocomplete: "off" });
  const account =
    report.accounts.length > MAX_OPTIONS
      ? element("input", { type: "search", autocomplete: "off" })
      : element(
          "select",
          {},
          element("option", { value: "" }, "all"),
          ...report.accounts.map((name) => element("option", { value: name }, name)),
        );
  const show = () => {
    const [wanted, name] = [text.value.trim().toLowerCase(), account.value.trim()];
    const isOwn = (/** @type {Row} */ row) =>
      account instanceof HTMLSelectElement ? row.account === name : row.account.includes(name);
    for (const card of cards) {
      const { detection, title = "" } = card.group;
      const own = name === "" ? card.group.rows : card.group.rows.filter(isOwn);
      card.root.hidden = own.length === 0 || !`${detection} ${title}`.toLowerCase().includes(wanted);
      card.filter(own);
    }
    const shown = cards.filter(({ root }) => !root.hidden).length;
    count.textContent = `${plural(shown, "detection")} of ${numberText(cards.length)}`;
  };
  const form = element(
    "form",
    { class: "filter", role: "search" },
    element("label", {}, "Detection ", text),
    element("label", {}, "Account ", account),
    count,
  );
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
  const [first] = cards;
  if (first !== undefined) first.root.open = true;
  return section("detections", "Detections", form, ...cards.map(({ root }) => root));
}

/** Opens the detection of an account that the address names, and scrolls to it. */
export function openNamed() {
  const name = nameIn(location.hash.slice(1));
  cards.some((card) => card.openNamed(name));
}

/** Any text can be in an address. @param {string} hash */
function nameIn(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** The first visible cards. @param {number} most */
export function cardsToPrint(most) {
  return cards.filter(({ root }) => !root.hidden).slice(0, most);
}
