import { roleArn } from "../../lib/aws/partitions";
import { loadOrganization } from "../../organization/load";
import { accountNamed } from "../../organization/organization";
import { goesOff } from "./alarms";
import { expectedIn } from "./expected-alarm";
import { changeYaml } from "./change-yaml";
import type { Scenario } from "./scenario";
import { readSecretRepeatedly } from "./session";
import type { ScenarioContext } from "./context";
import { READS_DETECTION } from "./watched-secret";

const ROLE = "OrderService";
const READS = 6;
/** The same application in two accounts: one with a low threshold that causes false alarms, one with an ignore. */
const NOISY = "workloads-production";
const TUNED = "payments";

const HASTE = { threshold: 3, periodSeconds: 300 };

/** The whole ARN: a filter pattern takes three '*' at most, and the watched secret needs them. */
function ignoreIn(accountsFolder: string): object {
  const organization = loadOrganization(accountsFolder);
  return {
    field: "userIdentity.sessionContext.sessionIssuer.arn",
    equals: roleArn(organization.homeRegion, accountNamed(organization, TUNED).id, ROLE),
    reason: "Reads its credentials at each order, by design.",
  };
}

/**
 * A busy application exceeds a low threshold. Once the application is ignored, only other callers still raise the
 * alarm.
 */
export const noiseScenario: Scenario = {
  id: "noise",
  title: `a busy ${ROLE} reads MyProjectSecrets in two accounts, one of which ignores it`,
  expectation: `The alarm goes off in ${NOISY} at once, and in ${TUNED} only when another caller reads the secret.`,
  expects: (organization) => expectedIn(organization, [NOISY, TUNED], READS_DETECTION),
  accounts: [NOISY, TUNED],
  prepare: (accountsFolder) => {
    changeYaml(accountsFolder, NOISY, ["detections", READS_DETECTION], HASTE);
    changeYaml(accountsFolder, TUNED, ["detections", READS_DETECTION], {
      ...HASTE,
      ignore: [ignoreIn(accountsFolder)],
    });
  },
  run: async (context) => {
    const [noisy, tuned] = [context.account(NOISY), context.account(TUNED)];
    await context.confirmSubscriptions();

    const begin = context.hops.length;
    for (const account of [noisy, tuned]) await readAs(context, account.name, ROLE, "order-service");
    const tripped = await context.until(goesOff(noisy, READS_DETECTION), begin);
    await context.quiet();
    const isQuiet = !context.hops.slice(begin).some(goesOff(tuned, READS_DETECTION));

    const then = context.hops.length;
    await readAs(context, TUNED, "Developer", "mallory");
    const stranger = await context.until(goesOff(tuned, READS_DETECTION), then);
    return {
      succeeded: tripped !== undefined && isQuiet && stranger !== undefined,
      lines: [
        `${NOISY}, threshold ${HASTE.threshold}: ${READS} reads by ${ROLE} ${tripped ? "raised" : "did not raise"} the alarm.`,
        `${TUNED}, the same threshold with an ignore for ${ROLE}: they ${isQuiet ? "did not raise" : "raised"} the alarm.`,
        `${TUNED}: ${READS} reads by another caller ${stranger ? "raised" : "did not raise"} the alarm.`,
      ],
    };
  },
};

async function readAs(context: ScenarioContext, account: string, role: string, session: string): Promise<void> {
  await readSecretRepeatedly(await context.actor(context.account(account), role, session), "MyProjectSecrets", READS);
}
