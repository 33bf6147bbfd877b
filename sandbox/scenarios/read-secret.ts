import { HOPS, HOPS_WITH_HUB } from "../../signals";
import { goesOff, isSent } from "./alarms";
import type { Scenario } from "./scenario";
import { readSecret } from "./session";
import { READS_DETECTION, watchedSecretOf } from "./watched-secret";

/** Somebody reads a watched secret again and again, and whoever confirmed the subscription gets a mail. */
export const readSecretScenario: Scenario = {
  id: "read-secret",
  title: "somebody reads a watched secret again and again",
  accounts: [],
  check: watchedSecretOf,
  play: async (stage) => {
    const { account, secret, threshold } = watchedSecretOf(stage.sandbox.organization);
    const reads = threshold + 2;
    await stage.confirmSubscriptions(account);

    const begin = stage.hops.length;
    const alice = await stage.actor(account, "Developer", "alice");
    await readSecret(alice, secret, reads);

    await stage.until(goesOff(account, READS_DETECTION), begin);
    const mail = await stage.until(isSent(account, READS_DETECTION), begin);
    await stage.quiet();
    const seen = new Set(stage.hops.slice(begin).map(({ hop }) => hop));
    const hops = stage.sandbox.organization.alertHub === undefined ? HOPS : HOPS_WITH_HUB;
    const missing = hops.filter((hop) => !seen.has(hop));
    return mail?.delivered === true && missing.length === 0
      ? {
          succeeded: true,
          lines: [`${reads} reads of ${secret} became one mail to ${mail.endpoint}: "${mail.subject}"`],
        }
      : {
          succeeded: false,
          lines: [
            mail === undefined ? "No mail was sent." : `The mail to ${mail.endpoint} did not arrive: ${mail.reason}`,
            `Hops at which nothing happened: ${missing.join(", ") || "none"}.`,
          ],
        };
  },
};
