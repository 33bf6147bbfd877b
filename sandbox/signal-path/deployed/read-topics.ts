import { paginateListTopics } from "@aws-sdk/client-sns";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { NamedResource } from "./deployed-account";

/** The topics of an account's region. */
export async function readTopics({ sns: client }: ServiceClients, region: string): Promise<NamedResource[]> {
  const topics: NamedResource[] = [];
  for await (const { Topics = [] } of paginateListTopics({ client }, {})) {
    for (const { TopicArn: arn = "" } of Topics)
      topics.push({ arn, name: arn.slice(arn.lastIndexOf(":") + 1), region });
  }
  return topics;
}
