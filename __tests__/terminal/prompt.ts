// Asks as the program does, and prints what came of it: prompt.ts confirmed | person
import { confirmed } from "../../cli/confirmed";
import type { Mail, Mailbox } from "../../sandbox/mailbox/mailbox";
import { confirmByHand } from "../../sandbox/manual-confirmation";

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function person(): Promise<string> {
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

void (process.argv[2] === "person" ? person() : confirmed("Write 3 files?")).then((answer) => {
  print(`answer: ${String(answer)}`);
});
