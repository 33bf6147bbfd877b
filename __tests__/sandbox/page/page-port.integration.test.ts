import { createServer, type Server } from "node:net";
import { ConfirmedSubscriptions } from "../../../sandbox/proxy/confirmed-subscriptions";
import { Mailbox } from "../../../sandbox/mailbox/mailbox";
import type { Page } from "../../../sandbox/page/page-options";
import { openSandboxPage, PAGE_PORTS } from "../../../sandbox/sandbox-page";
import { testOrganization } from "../../support/organization";

const sandbox = {
  organization: testOrganization(),
  mailbox: new Mailbox(new ConfirmedSubscriptions()),
  signalPath: { onHop: () => () => undefined, alarms: () => [] },
} as unknown as Parameters<typeof openSandboxPage>[0];
const pages: Page[] = [];

async function portOf(port: number | "usual" | undefined): Promise<number> {
  const page = await openSandboxPage(sandbox, { port });
  pages.push(page);
  return Number(new URL(page.url).port);
}

/** Takes a port, unless another program has it already. */
function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    const done = (): void => {
      resolve(server);
    };
    server.once("error", done).listen(port, "127.0.0.1", done);
  });
}

afterEach(async () => {
  for (const page of pages.splice(0)) await page.stop();
});

test("opens at the same port again, or at the next one while that is in use", async () => {
  const first = await portOf("usual");
  expect(first).toBeGreaterThanOrEqual(PAGE_PORTS.first);
  const next = await portOf("usual");
  expect(next).toBeGreaterThan(first);
  expect(next).toBeLessThan(PAGE_PORTS.first + PAGE_PORTS.tried);
  await pages[0]?.stop();
  expect(await portOf("usual")).toBe(first);
});

test("a chosen port that is in use is an error", async () => {
  const server = await occupy(PAGE_PORTS.first);
  pages.push({
    url: "",
    stop: async () => {
      server.close();
      return Promise.resolve();
    },
  });
  await expect(portOf(PAGE_PORTS.first)).rejects.toThrow(
    `'--page-port' must be a free port, got '${PAGE_PORTS.first}', which is in use`,
  );
  expect(await portOf(undefined)).toBeGreaterThan(0);
});
