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
  /**
   * Whether the person can press Enter.
   *
   * @default true
   */
  readonly hasTerminal?: boolean;
  /**
   * Seconds after which the links are followed anyway.
   *
   * @default - there is no limit
   */
  readonly seconds?: number;
  readonly signal: AbortSignal;
}

const GLANCE = 200;

/** Waits until the link of each mail is followed on the page. Enter at the terminal follows all of them. */
export function confirmByHand(options: ManualConfirmationOptions) {
  const { mailbox, pageUrl, print, signal, hasTerminal = true, seconds } = options;
  return async (unconfirmed: readonly Mail[]): Promise<void> => {
    const stillUnconfirmed = () => unconfirmed.filter((mail) => !mailbox.isConfirmed(mail));
    if (stillUnconfirmed().length === 0) return;
    print(`  ${addresses(unconfirmed)}: SNS sends no notification until the subscription is confirmed.`);
    print(`  Confirm on the page: ${pageUrl}`);
    if (seconds !== undefined) print(`  The sandbox confirms by itself in ${seconds} seconds.`);
    const answered = new AbortController();
    const either = AbortSignal.any([signal, answered.signal]);
    const confirmAll = (): void => {
      for (const { confirmLink = "" } of stillUnconfirmed())
        mailbox.confirmToken(new URL(confirmLink).searchParams.get("token") ?? "");
    };
    try {
      await Promise.race([
        allConfirmed(stillUnconfirmed, either),
        ...(hasTerminal ? [enter("  Or press Enter to confirm all of them.", print, either).then(confirmAll)] : []),
        ...(seconds === undefined ? [] : [sleep(seconds * 1000, undefined, { signal: either }).then(confirmAll)]),
      ]);
    } finally {
      answered.abort();
    }
  };
}

/** Resolves when the person at the terminal presses Enter; rejects when the signal is aborted. */
export async function enter(prompt: string, print: (line: string) => void, signal: AbortSignal): Promise<void> {
  print(prompt);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  interruptByPrompt(terminal);
  try {
    await terminal.question("", { signal });
  } finally {
    terminal.close();
  }
}

/** An address may be subscribed to several topics. */
function addresses(mails: readonly Mail[]): string {
  return [...new Set(mails.map(({ to }) => to))].join(", ");
}

async function allConfirmed(isOpen: () => readonly Mail[], signal: AbortSignal): Promise<void> {
  while (isOpen().length > 0) await sleep(GLANCE, undefined, { signal });
}
