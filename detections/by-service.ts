import { exists, not, type Condition } from "./condition";

/**
 * No AWS service made the call for the caller: CloudFormation, Auto Scaling, Backup and Systems Manager's automation
 * put their name into `invokedBy`. Tools that call the API themselves, such as Terraform, do not.
 * Source: CloudTrail User Guide, "CloudTrail userIdentity element".
 */
export function notByService(): Condition {
  return not(exists("userIdentity.invokedBy"));
}
