import { roleArn } from "../../../lib/aws/partitions";
import { equals, not, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";

/** The call was not made by a session of the account's deployment role; empty where no role is known. */
export function notByDeployment({ id, homeRegion, deploymentRole }: WatchedAccount): Condition[] {
  if (deploymentRole === undefined) return [];
  return [not(equals("userIdentity.sessionContext.sessionIssuer.arn", roleArn(homeRegion, id, deploymentRole)))];
}
