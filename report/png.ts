import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../lib/support/run-program";
import { FIGURE_SIZE } from "./figure";

const TIMEOUT_MILLISECONDS = 60_000;
/** Sharp on paper and on high-resolution screens. */
const PIXELS_A_POINT = 2;

/** Renders an SVG as a PNG with headless Chromium and an empty, temporary profile. */
export async function pngOf(svg: string, chromium: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-chart-"));
  const [page, image] = [join(folder, "chart.html"), join(folder, "chart.png")];
  writeFileSync(page, `<!doctype html><style>body { margin: 0 } svg { display: block }</style>${svg}`);
  const flags = [
    ...["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"],
    // It renders only our own drawing, and in a container it may run as root, which needs this.
    ...["--no-sandbox", `--user-data-dir=${join(folder, "profile")}`, `--screenshot=${image}`],
    ...[`--window-size=${FIGURE_SIZE.width},${FIGURE_SIZE.height}`, `--force-device-scale-factor=${PIXELS_A_POINT}`],
  ];
  try {
    const run = { timeoutMilliseconds: TIMEOUT_MILLISECONDS };
    const { ending } = await runProgram(chromium, [...flags, `file://${page}`], run);
    if (ending !== 0) throw new Error(`it ended with ${ending}`);
    return readFileSync(image);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new Error(
      `'${chromium}' could not draw the chart (${reason}): set TRAILWATCH_CHROMIUM to another browser, or use svg`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
