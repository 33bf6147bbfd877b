import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { interruptByPrompt } from "../lib/support/interrupt-prompt";
import type { Mail, Mailbox } from "./mailbox/mailbox";

/** Prompts the person at the terminal to confirm. */
export interface ManualConfirmationOptions {
  readonly mailbox: Mailbox;
  /** Address of the page that shows the mailbox. */
  readonly pageUrl: string;
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

const GLANCE = 200;

/** Waits until the link of each mail is followed on the page. Enter at the terminal follows all of them. */
export function confirmByHand({ mailbox, pageUrl, print, signal }: ManualConfirmationOptions) {
  return async (unconfirmed: readonly Mail[]): Promise<void> => {
    const stillUnconfirmed = () => unconfirmed.filter((mail) => !mailbox.isConfirmed(mail));
    if (stillUnconfirmed().length === 0) return;
    print(`  ${addresses(unconfirmed)}: SNS sends no notification until the subscription is confirmed.`);
    print(`  Open the mailbox and confirm: ${pageUrl}\n  Or press Enter to confirm all of them.`);
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    interruptByPrompt(terminal);
    const answered = new AbortController();
    const either = AbortSignal.any([signal, answered.signal]);
    try {
      await Promise.race([
        terminal.question("", { signal: either }).then(() => {
          for (const { confirmLink = "" } of stillUnconfirmed())
            mailbox.confirmToken(new URL(confirmLink).searchParams.get("token") ?? "");
        }),
        allConfirmed(stillUnconfirmed, either),
      ]);
    } finally {
      answered.abort();
      terminal.close();
    }
  };
}

/** An address may be subscribed to several topics. */
function addresses(mails: readonly Mail[]): string {
  return [...new Set(mails.map(({ to }) => to))].join(", ");
}

async function allConfirmed(isOpen: () => readonly Mail[], signal: AbortSignal): Promise<void> {
  while (isOpen().length > 0) await sleep(GLANCE, undefined, { signal });
}
