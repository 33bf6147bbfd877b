import { escapeMarkup } from "../../lib/web/escape-markup";
import { ATTACK_TECHNIQUES, TACTICS } from "../attack-techniques";
import { COVERAGE_COLOURS, coveredTechniques, type CoveredTechnique } from "./navigator-layer";

const COLUMN = 150;
const GAP = 4;
const HEAD = 34;
const CELL = 44;
const LINE = 12;
const MARGIN = 8;
const LEGEND = 26;

/** A matrix of ATT&CK's tactics and techniques for AWS as SVG, coloured by the alarms that refer to them. */
export function attackMatrix(): string {
  const covered = coveredTechniques();
  const columns = TACTICS.map((tactic) => {
    const serves = ({ id }: CoveredTechnique) => (ATTACK_TECHNIQUES[id].tactics as readonly string[]).includes(tactic);
    return { tactic, techniques: covered.filter(serves) };
  });
  const rows = Math.max(...columns.map(({ techniques }) => techniques.length));
  const width = 2 * MARGIN + TACTICS.length * COLUMN;
  const height = 2 * MARGIN + LEGEND + HEAD + rows * CELL;
  const parts = columns.flatMap(({ tactic, techniques }, column) => {
    const x = MARGIN + column * COLUMN;
    const head = `<text x="${x + COLUMN / 2}" y="${MARGIN + LEGEND + 20}" class="tactic">${escapeMarkup(tactic)}</text>`;
    return [head, ...techniques.map((technique, row) => cell(technique, x, MARGIN + LEGEND + HEAD + row * CELL))];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    "<title>ATT&amp;CK techniques for AWS that detections of Trailwatch refer to</title>",
    "<style>text{font:10px system-ui,sans-serif;fill:#111}.tactic{font-weight:600;font-size:12px;text-anchor:middle}.id{font-weight:600}.on{fill:#fff}</style>",
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...legend(),
    ...parts,
    "</svg>",
  ].join("\n")}\n`;
}

function cell({ id, detections, pages }: CoveredTechnique, x: number, y: number): string {
  const colour = pages
    ? COVERAGE_COLOURS.pages
    : detections.length > 0
      ? COVERAGE_COLOURS.notice
      : COVERAGE_COLOURS.none;
  const style = pages ? ' class="on"' : "";
  const count = detections.length === 0 ? "" : ` · ${detections.length}`;
  const lines = wrapped(ATTACK_TECHNIQUES[id].name.replace(/^.*: /, ""));
  const title = detections.map((detection) => detection.id).join(", ") || "no detection";
  return [
    `<g><title>${escapeMarkup(`${id} ${ATTACK_TECHNIQUES[id].name}: ${title}`)}</title>`,
    `<rect x="${x + GAP / 2}" y="${y}" width="${COLUMN - GAP}" height="${CELL - GAP}" rx="3" fill="${colour}" stroke="#999"/>`,
    `<text x="${x + 8}" y="${y + 12}"${pages ? ' class="id on"' : ' class="id"'}>${id}${count}</text>`,
    ...lines.map(
      (line, index) => `<text x="${x + 8}" y="${y + 12 + (index + 1) * LINE}"${style}>${escapeMarkup(line)}</text>`,
    ),
    "</g>",
  ].join("");
}

function legend(): string[] {
  const items = [
    ["pages", "a detection pages"],
    ["notice", "a detection sends a notice"],
    ["none", "no detection"],
  ] as const;
  return items.map(([key, label], index) => {
    const x = MARGIN + index * 190;
    return (
      `<rect x="${x}" y="${MARGIN}" width="14" height="14" rx="3" fill="${COVERAGE_COLOURS[key]}" stroke="#999"/>` +
      `<text x="${x + 20}" y="${MARGIN + 11}">${label}</text>`
    );
  });
}

/** At most two lines of a cell's width. */
function wrapped(text: string): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length > 24) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.length <= 2 ? lines : [lines[0] ?? "", `${lines[1] ?? ""} …`];
}
