import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { printableJson, printableLine } from "../../lib/support/printable";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { refusalOf } from "../../lib/web/request-guard";
import { failureText } from "../../lib/support/failure";
import { PageContent } from "./page-content";
import type { PageSteps } from "./page-steps";
import type { Page, PageOptions } from "./page-options";
import { Runbooks } from "./runbooks";
import { SECURITY_HEADERS } from "./security-headers";

/** Serves the page that shows the signal path at work, to browsers on this machine only. */
export async function openPage(options: PageOptions): Promise<Page> {
  const files = staticFiles();
  const content = new PageContent(options, RUNBOOKS);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const refusal = refusalOf(request, { port, callers: "programs and own pages" });
    if (refusal !== undefined) {
      answer(response, 403, "text/plain; charset=utf-8", refusal);
      return;
    }
    const file = request.method === "GET" ? files.get(pathOf(request)) : undefined;
    if (file !== undefined) {
      answer(response, 200, file.type, file.body);
      return;
    }
    route({ content, steps: options.steps }, request, response).catch((error: unknown) => {
      answer(response, 500, "text/plain; charset=utf-8", failureText(error));
    });
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      content.close();
      await close(server);
    },
  };
}

const RUNBOOKS = new Runbooks();

/** What requests are answered from. */
interface Served {
  readonly content: PageContent;
  readonly steps: PageSteps | undefined;
}

async function route({ content, steps }: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, part = "", id = "", verb = ""] = pathOf(request).split("/").map(decoded);
  const called = `${request.method ?? ""} ${part}`;
  if (called === "GET events" && id === "") {
    await content.watch(request, response);
  } else if (called === "GET records" && id !== "") {
    answer(response, 200, "application/json", printableJson(await content.explain(id)));
  } else if (called === "GET runbooks" && RUNBOOKS.page(id) !== undefined) {
    answer(response, 200, "text/html; charset=utf-8", RUNBOOKS.page(id) ?? "");
  } else if (called === "POST mails" && verb === "confirm" && content.confirm(Number(id))) {
    answer(response, 200, "application/json", "{}");
  } else if (request.method === "POST" && steps !== undefined && Object.hasOwn(STEPS, part)) {
    const problem = await STEPS[part]?.(steps, { id, verb, query: queryOf(request) });
    // 409: the request is understood, and not possible now.
    if (problem === undefined) answer(response, 200, "application/json", "{}");
    else answer(response, 409, "text/plain; charset=utf-8", printableLine(problem));
  } else {
    answer(response, 404, "text/plain; charset=utf-8", "There is no such page.");
  }
}

/** A request to the first screen's steps. */
interface StepRequest {
  readonly id: string;
  readonly verb: string;
  readonly query: URLSearchParams;
}

/** What the first screen can change, by the first part of the path. Each answers why not. */
const STEPS: Readonly<
  Record<string, (steps: PageSteps, request: StepRequest) => Promise<string | undefined> | string | undefined>
> = {
  scenarios: (steps, { id }) => steps.runScenario(id),
  actions: (steps, { id, verb, query }) => {
    if (verb === "undo") return steps.undo(id);
    const times = query.get("times");
    return steps.act(id, times === null ? undefined : Number(times));
  },
  speed: (steps, { id }) => steps.setSpeed(Number(id)),
  processing: (steps, { id }) => {
    if (id !== "pause" && id !== "resume") return `'processing' must be pause or resume, got '${id}'`;
    steps.pause(id === "pause");
    return undefined;
  },
};

/** Empty for text that is not correctly encoded: it names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

function queryOf({ url = "/" }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split("?", 2)[1] ?? "");
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "/";
}

function answer(response: ServerResponse, status: number, type: string, body: Buffer | string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": type });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/** A file to serve. */
interface StaticFile {
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
function staticFiles(): ReadonlyMap<string, StaticFile> {
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
