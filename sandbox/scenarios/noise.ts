import { goesOff } from "./alarms";
import { changeYaml } from "./change-yaml";
import type { Scenario } from "./scenario";
import { readSecret } from "./session";
import type { Stage } from "./context";
import { READS_DETECTION } from "./watched-secret";

const ROLE = "OrderService";
const READS = 6;
/** The same application in two accounts: one as it was set up in haste, one that was tuned. */
const NOISY = "workloads-production";
const TUNED = "payments";

const HASTE = { threshold: 3, periodSeconds: 300 };
const IGNORE = {
  field: "userIdentity.sessionContext.sessionIssuer.userName",
  equals: ROLE,
  reason: "Reads its credentials at each order, by design.",
};

/** A busy application trips a low threshold; ignored, it does not, and everybody else still does. */
export const noise: Scenario = {
  id: "noise",
  title: `the busy ${ROLE} reads MyProjectSecrets in two accounts, of which one ignores it`,
  accounts: [NOISY, TUNED],
  prepare: (accountsFolder) => {
    changeYaml(accountsFolder, NOISY, ["detections", READS_DETECTION], HASTE);
    changeYaml(accountsFolder, TUNED, ["detections", READS_DETECTION], { ...HASTE, ignore: [IGNORE] });
  },
  play: async (stage) => {
    const [noisy, tuned] = [stage.account(NOISY), stage.account(TUNED)];
    await stage.confirmSubscriptions(noisy);
    await stage.confirmSubscriptions(tuned);

    const begin = stage.hops.length;
    for (const account of [noisy, tuned]) await readAs(stage, account.name, ROLE, "order-service");
    const tripped = await stage.until(goesOff(noisy, READS_DETECTION), begin);
    await stage.quiet();
    const isQuiet = !stage.hops.slice(begin).some(goesOff(tuned, READS_DETECTION));

    const then = stage.hops.length;
    await readAs(stage, TUNED, "Developer", "mallory");
    const stranger = await stage.until(goesOff(tuned, READS_DETECTION), then);
    return {
      succeeded: tripped !== undefined && isQuiet && stranger !== undefined,
      lines: [
        `${NOISY}, threshold ${HASTE.threshold}: ${READS} reads by ${ROLE} ${tripped ? "raised" : "did not raise"} the alarm.`,
        `${TUNED}, the same threshold with an ignore for ${ROLE}: they ${isQuiet ? "did not raise" : "raised"} it.`,
        `${TUNED}, ${READS} reads by somebody else ${stranger ? "raised" : "did not raise"} it nevertheless.`,
      ],
    };
  },
};

async function readAs(stage: Stage, account: string, role: string, session: string): Promise<void> {
  await readSecret(await stage.actor(stage.account(account), role, session), "MyProjectSecrets", READS);
}
