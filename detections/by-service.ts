import { any, equals, exists, not, type Condition } from "./condition";

/** What `invokedBy` holds of some calls that an IAM user or root makes in the console: it names no service. */
const CONSOLE = "signin.amazonaws.com";

/**
 * No AWS service made the call for the caller: CloudFormation, Auto Scaling, Backup and Systems Manager's automation
 * put their name into `invokedBy`. Tools that call the API themselves, such as Terraform, do not. The console's sign-in
 * service puts its name there for what people do in the console, so it does not count as a service.
 * Source: CloudTrail User Guide, "CloudTrail userIdentity element", and its example of StartLogging from the console.
 */
export function notByService(): Condition {
  return any(not(exists("userIdentity.invokedBy")), equals("userIdentity.invokedBy", CONSOLE));
}
