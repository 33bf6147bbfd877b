import { openPage } from "./page/page";
import type { Page } from "./page/page-options";
import type { PageSteps } from "./page/page-steps";
import type { Sandbox } from "./sandbox";

/** Ports of the page, in the order in which they are tried: a browser finds the next start where the last one was. */
export const PAGE_PORTS = { first: 4567, tried: 20 } as const;

/** Options of a sandbox's page. */
export interface SandboxPageOptions {
  /**
   * What its first screen offers.
   *
   * @default - nothing: the page only shows
   */
  readonly steps?: PageSteps;
  /**
   * Its port; `usual` is the first of `PAGE_PORTS` that is free.
   *
   * @default - a free one
   */
  readonly port?: number | "usual";
}

/** Opens the page that shows a sandbox. */
export async function openSandboxPage(sandbox: Sandbox, { steps, port }: SandboxPageOptions = {}): Promise<Page> {
  const { signalPath, mailbox, organization } = sandbox;
  const open = (at: number | undefined): Promise<Page> =>
    openPage({
      accounts: organization.accounts,
      hasAlertHub: organization.alertHub !== undefined,
      names: organization.names,
      signalPath: { onHop: (listener) => signalPath.onHop(listener) },
      mailbox: {
        messages: () => mailbox.messages(),
        onMail: (listener) => mailbox.onMail(listener),
        isConfirmed: (mail) => mailbox.isConfirmed(mail),
        confirmToken: (token) => mailbox.confirmToken(token),
      },
      alarms: () => signalPath.alarms(),
      deployed: () => signalPath.deployed(),
      steps,
      port: at,
    });
  if (port !== "usual") {
    return open(port).catch((error: unknown) => {
      throw isInUse(error)
        ? new Error(`'--page-port' must be a free port, got '${port ?? ""}', which is in use`)
        : error;
    });
  }
  for (let at: number = PAGE_PORTS.first; at < PAGE_PORTS.first + PAGE_PORTS.tried; at++) {
    try {
      return await open(at);
    } catch (error) {
      if (!isInUse(error)) throw error;
    }
  }
  return open(undefined);
}

function isInUse(error: unknown): boolean {
  return (error as Partial<NodeJS.ErrnoException> | undefined)?.code === "EADDRINUSE";
}
