import { counted } from "../../lib/support/counted";
import { partitionRegions } from "../../lib/aws/partitions";
import { READS } from "../aws/calls";
import { Unanswered } from "../aws/unanswered";
import { failed, proven, type Finding } from "../result";
import { storedAlarms } from "./alarms";
import { monitoringStack, redeploy, type Check, type Subject } from "./check";

/** Name of the check that everything else in the account depends on. */
export const HOME_REGION = "deployed in its home region";

/** Whether the account's signal path is in its synthesized region, and not in another one or missing. */
export const homeRegionCheck: Check = { hop: "feed", name: HOME_REGION, run: isHere };

async function isHere(subject: Subject): Promise<Finding> {
  const { homeRegion, topics } = subject.expected;
  const here = await storedAlarms(subject, homeRegion);
  if (here.size > 0) return proven(`${counted(here.size, "alarm")} in ${homeRegion}`);
  for (const { arn } of topics) {
    const topic = await subject.session.query(READS.topic, { TopicArn: arn }, homeRegion);
    if (topic !== undefined) return proven(`topics in ${homeRegion}`);
  }
  const elsewhere = await Promise.all(
    partitionRegions(homeRegion).map(async (region) => ((await isIn(subject, region)) ? [region] : [])),
  );
  const [found] = elsewhere.flat();
  const deploy = redeploy(monitoringStack(subject));
  return found === undefined
    ? failed(`nothing in ${homeRegion}`, "the account's signal path is not deployed", deploy)
    : failed(
        `nothing in ${homeRegion}, alarms in ${found}`,
        "the deployed region differs from the synthesized one",
        `set 'homeRegion' in accounts/organization.yaml back to ${found} and run 'npx cdktf synth'; or ${deploy}`,
      );
}

/** A region that is not enabled or not allowed for the account has no resources of ours. */
async function isIn(subject: Subject, region: string): Promise<boolean> {
  try {
    return (await storedAlarms(subject, region)).size > 0;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return false;
  }
}
