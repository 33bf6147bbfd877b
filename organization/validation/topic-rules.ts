import { partitionOf } from "../../lib/aws/partitions";
import { ownNames } from "../../lib/naming/own-names";
import { endpointsOf } from "../../lib/naming/subscriber-kinds";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import { TOPIC_NAMES } from "../schema/subscribers";
import type { Path } from "../yaml/yaml-file";
import type { Checked } from "./check";
import type { Problem } from "./problem";

/** Problems of `notifications.<topic>.existing`: topics that no alarm could notify. */
export function topicProblems(
  { file, valid }: Checked<OrganizationFile> | Checked<AccountFile>,
  { homeRegion, names }: Checked<OrganizationFile>["valid"],
): Problem[] {
  const { prefix } = ownNames(names);
  return TOPIC_NAMES.flatMap((name) => {
    const topic = valid.notifications?.[name];
    if (topic?.existing === undefined) return [];
    const path: Path = ["notifications", name];
    const [, , , region = "", , topicName = ""] = topic.existing.topicArn.split(":");
    const problem = (rule: string): Problem => file.problem([...path, "existing", "topicArn"], rule);
    return [
      ...(endpointsOf(topic).length === 0
        ? []
        : [
            file.problem([...path, "existing"], "be given without email, https and sqs: the topic has subscribers", {
              hint: "subscribe them to that topic",
            }),
          ]),
      ...(topicName.startsWith(prefix)
        ? [problem(`be a topic that Trailwatch does not create: those are named ${prefix}…`)]
        : []),
      // That of another partition is a problem of its own.
      ...(homeRegion === undefined || region === homeRegion || partitionOf(region) !== partitionOf(homeRegion)
        ? []
        : [problem(`be a topic of homeRegion, ${homeRegion}: an alarm publishes to topics of its own region only`)]),
    ];
  });
}
