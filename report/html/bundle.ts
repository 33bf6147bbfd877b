import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CLIENT = join(__dirname, "../client");
/** The report shares the style sheet of the sandbox's page. */
const STYLES = [join(__dirname, "../../lib/web/base.css"), ...["report.css", "print.css"].map(inClient)];

/** The parts as the published package has them: it has no sources to build them from. */
export const BUILT = join(__dirname, "page.json");

/** The page's parts, besides its data. */
export interface Bundle {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

/** Bundles and minifies the page's script, with the needed parts of ECharts, and its style sheets. */
export async function bundle(): Promise<Bundle> {
  if (existsSync(BUILT)) return JSON.parse(readFileSync(BUILT, "utf8")) as Bundle;
  const { build, transform } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [inClient("main.js")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    logLevel: "silent",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const css = STYLES.map((file) => readFileSync(file, "utf8")).join("\n");
  const { code } = await transform(css, { loader: "css", minify: true, charset: "utf8" });
  return {
    html: readFileSync(inClient("index.html"), "utf8"),
    style: code.trim(),
    script: outputFiles[0]?.text.trim() ?? "",
  };
}

function inClient(name: string): string {
  return join(CLIENT, name);
}
