import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, transform } from "esbuild";

const CLIENT = join(__dirname, "../client");
/** The report shares the style sheet of the sandbox's page. */
const STYLES = [join(__dirname, "../../lib/web/base.css"), ...["report.css", "print.css"].map(inClient)];

/** The page's parts, besides its data. */
export interface Bundle {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

/** Bundles and minifies the page's script, with the needed parts of ECharts, and its style sheets. */
export async function bundle(): Promise<Bundle> {
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
