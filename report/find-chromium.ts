import { shownPath } from "../lib/support/printable";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const USUAL_PLACES = [
  "/usr/bin",
  "/usr/local/bin",
  "/snap/bin",
  "/Applications/Chromium.app/Contents/MacOS",
  "/Applications/Google Chrome.app/Contents/MacOS",
];
const MAC_NAMES = ["Chromium", "Google Chrome"];

/** The Chromium named by `TRAILWATCH_CHROMIUM`, otherwise one in a usual place; undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env["TRAILWATCH_CHROMIUM"];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`'TRAILWATCH_CHROMIUM' must name a program, got '${shownPath(named)}': correct or unset it.`);
  }
  const folders = [...(env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== ""), ...USUAL_PLACES];
  return folders.flatMap((folder) => [...NAMES, ...MAC_NAMES].map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
