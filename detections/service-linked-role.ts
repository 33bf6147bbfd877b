import { roleArn } from "../lib/aws/partitions";
import { matches, type Condition } from "./condition";
import type { WatchedAccount } from "./detection";

/**
 * The call came from a service-linked role, by which an AWS service works in the account on its own: IAM Identity Center
 * provisions its roles so, and CloudFormation those of its stack sets. IAM lets no customer create a role below this
 * path, unlike a role whose name begins with `AWSServiceRoleFor`. The ARN is compared from its beginning, because other
 * paths may contain the same text.
 * Source: IAM User Guide, "Create a service-linked role"; the account's own sessions have the path in their issuer's ARN.
 */
export function byServiceLinkedRole({ id, homeRegion }: Pick<WatchedAccount, "id" | "homeRegion">): Condition {
  return matches("userIdentity.sessionContext.sessionIssuer.arn", roleArn(homeRegion, id, "aws-service-role/*"));
}
