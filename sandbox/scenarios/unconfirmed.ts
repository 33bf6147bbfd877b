import { goesOff, isSent } from "./alarms";
import type { Scenario } from "./scenario";
import { readSecretRepeatedly } from "./session";
import { READS_DETECTION, readsOf, watchedSecretOf } from "./watched-secret";

/** The same reads, but the confirmation link was not followed: the alarm goes off without a notification. */
export const unconfirmedScenario: Scenario = {
  id: "unconfirmed",
  title: "a user reads a watched secret, but the subscription is not confirmed",
  expectation: "The same alarm goes off, but no mail arrives; the page and the terminal name the hop where it stopped.",
  expects: readsOf,
  isMailed: false,
  isInItsAccounts: true,
  accounts: [],
  check: watchedSecretOf,
  run: async (context) => {
    const { account, secret, threshold } = watchedSecretOf(context.sandbox.organization);
    const begin = context.hops.length;
    const alice = await context.actor(account, "Developer", "alice");
    await readSecretRepeatedly(alice, secret, threshold + 2);

    const alarm = await context.until(goesOff(account, READS_DETECTION), begin);
    const sent = await context.until(isSent(context.sandbox.organization, account, READS_DETECTION), begin);
    await context.quiet();
    const mails = context.sandbox.mailbox.messages().filter(({ confirmLink }) => confirmLink === undefined);
    if (alarm === undefined || sent?.delivered !== false || mails.length > 0) {
      return { succeeded: false, lines: [`Expected an alarm and no mail, got ${mails.length} mails.`] };
    }
    return {
      succeeded: true,
      lines: [
        `The alarm went off, and no mail arrived. The signal stopped at the hop 'subscriber': ${sent.endpoint}: ${sent.reason}`,
        "The link is in the mail 'Subscription Confirmation'. `trailwatch verify` reports unconfirmed subscriptions.",
      ],
    };
  },
};
