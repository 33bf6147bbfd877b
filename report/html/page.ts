import { createHash } from "node:crypto";
import { printableJson } from "../../lib/support/printable";
import type { ReportData } from "../report-data";
import type { Bundle } from "./bundle";

/** The report as one file that loads nothing: its content security policy blocks everything else. */
export function reportPage(report: ReportData, { html, style, script }: Bundle): string {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    // ECharts styles its elements inline.
    "style-src-attr 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const parts: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    style: `<style>${style}</style>`,
    data: `<script type="application/json" id="data">${embedded(report)}</script>`,
    script: `<script>${script}</script>`,
  };
  return html.replace(/<!-- (\w+) -->/g, (_whole, name: string) => parts[name] ?? "");
}

/** JSON in which nothing can be read as markup or change how other text looks: records hold text from attackers. */
export function embedded(report: ReportData): string {
  return printableJson(report).replaceAll("<", "\\u003c");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
