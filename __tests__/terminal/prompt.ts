// Prompts as the program does, and prints the answer: prompt.ts confirmed | manual
import { confirmed } from "../../cli/confirmed";
import type { Mail, Mailbox } from "../../sandbox/mailbox/mailbox";
import { confirmByHand } from "../../sandbox/manual-confirmation";

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function manual(): Promise<string> {
  const tokens: string[] = [];
  const mail = { to: "security@example.com", confirmLink: "http://127.0.0.1/?token=the-token" } as Mail;
  const mailbox = {
    isConfirmed: () => tokens.length > 0,
    confirmToken: (token: string) => tokens.push(token),
  } as unknown as Mailbox;
  const { signal } = new AbortController();
  await confirmByHand({ mailbox, pageUrl: "http://127.0.0.1/", print, signal })([mail]);
  return tokens.join();
}

void (process.argv[2] === "manual" ? manual() : confirmed("Write 3 files?")).then((answer) => {
  print(`answer: ${String(answer)}`);
});
