import { HOPS, HOPS_WITH_HUB } from "../../signals";
import { goesOff, isSent } from "./alarms";
import type { Scenario } from "./scenario";
import { readSecretRepeatedly } from "./session";
import { READS_DETECTION, readsOf, watchedSecretOf } from "./watched-secret";

/** A watched secret is read repeatedly, and every confirmed subscriber gets a mail. */
export const readSecretScenario: Scenario = {
  id: "read-secret",
  title: "a user reads a watched secret repeatedly",
  expectation: "The alarm for reads of the secret goes off, and every confirmed subscriber gets one mail.",
  expects: readsOf,
  isInItsAccounts: true,
  accounts: [],
  check: watchedSecretOf,
  run: async (context) => {
    const { account, secret, threshold } = watchedSecretOf(context.sandbox.organization);
    const reads = threshold + 2;
    await context.confirmSubscriptions();

    const begin = context.hops.length;
    const alice = await context.actor(account, "Developer", "alice");
    await readSecretRepeatedly(alice, secret, reads);

    await context.until(goesOff(account, READS_DETECTION), begin);
    const mail = await context.until(isSent(context.sandbox.organization, account, READS_DETECTION), begin);
    await context.quiet();
    const seen = new Set(context.hops.slice(begin).map(({ hop }) => hop));
    const hops = context.sandbox.organization.alertHub === undefined ? HOPS : HOPS_WITH_HUB;
    const missing = hops.filter((hop) => !seen.has(hop));
    return mail?.delivered === true && missing.length === 0
      ? {
          succeeded: true,
          lines: [`${reads} reads of ${secret} caused one mail to ${mail.endpoint}: "${mail.subject}"`],
        }
      : {
          succeeded: false,
          lines: [
            mail === undefined ? "No mail was sent." : `The mail to ${mail.endpoint} did not arrive: ${mail.reason}`,
            `Hops without activity: ${missing.join(", ") || "none"}.`,
          ],
        };
  },
};
