import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

/** A file to serve. */
export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

/** Folders by the path under which the page loads their files; files shared with the report are in `lib/web`. */
const FOLDERS: Readonly<Record<string, string>> = {
  "/": join(__dirname, "client"),
  "/lib/web/": join(__dirname, "..", "..", "lib", "web"),
};

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** All files of the page by their path. They are read once, so that no request's path ever reaches the file system. */
export function staticFiles(): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const [path, folder] of Object.entries(FOLDERS)) {
    for (const name of readdirSync(folder)) {
      const type = TYPES[extname(name)];
      if (type !== undefined) files.set(`${path}${name}`, { type, body: readFileSync(join(folder, name)) });
    }
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  // The smallest bundle that has lines and axes.
  const body = readFileSync(require.resolve("echarts/dist/echarts.simple.min.js"));
  return files.set("/echarts.js", { type: "text/javascript; charset=utf-8", body });
}
