import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeMarkup } from "../../lib/web/escape-markup";

const FOLDER = join(__dirname, "..", "..", "docs", "runbooks");

/** The runbooks as pages, by detection. They are read once, so that no request's path ever reaches the file system. */
export class Runbooks {
  private readonly pages: ReadonlyMap<string, string>;

  constructor(folder = FOLDER) {
    this.pages = new Map(
      readdirSync(folder)
        .filter((name) => name.endsWith(".md"))
        .map((name) => [name.slice(0, -".md".length), pageOf(readFileSync(join(folder, name), "utf8"))]),
    );
  }

  /** The path of a detection's runbook; undefined: it has none. */
  pathOf(detection: string): string | undefined {
    return this.pages.has(detection) ? `/runbooks/${encodeURIComponent(detection)}` : undefined;
  }

  /** HTML; undefined: there is no such runbook. */
  page(detection: string): string | undefined {
    return this.pages.get(detection);
  }
}

/** The text as it is, with its title: Markdown is written to be read as text. */
function pageOf(markdown: string): string {
  const text = markdown.replace(/\n*<!--[\s\S]*?-->\n*$/, "\n");
  const title = /^# (.+)$/m.exec(text)?.[1] ?? "Runbook";
  const body = text.replace(/^# .+\n+/, "");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Runbook: ${escapeMarkup(title)}</title>
    <link rel="icon" href="/icon.svg" />
    <link rel="stylesheet" href="/lib/web/base.css" />
    <link rel="stylesheet" href="/runbook.css" />
  </head>
  <body>
    <main>
      <p><a href="/">Back to the sandbox</a></p>
      <section>
        <h1>Runbook: ${escapeMarkup(title)}</h1>
        <pre tabindex="0">${escapeMarkup(body)}</pre>
      </section>
    </main>
  </body>
</html>
`;
}
