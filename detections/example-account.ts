import type { WatchedAccount } from "./detection";

/** The account of the example records: tests run them in it, and runbooks show its queries. */
export const EXAMPLE_ACCOUNT: WatchedAccount = {
  name: "workloads-production",
  id: "111122223333",
  homeRegion: "eu-west-1",
  organizationId: "o-exampleorgid",
  managementAccount: "555566667777",
  watchedSecrets: ["MyProjectSecrets"],
  archiveBuckets: [
    "example-org-trailwatch-archive",
    "example-org-trailwatch-archive-access-logs",
    "example-org-trailwatch-archive-athena",
  ],
  stateBucket: "example-org-trailwatch-state",
  hasAlertHub: true,
  hasWebhooks: true,
  deploymentRole: "OrganizationAccountAccessRole",
  ignoredNames: { roles: ["Inventory", "Backup*"], users: ["scanner"] },
  deploymentRoles: ["OrganizationAccountAccessRole"],
  alertHubAccount: "444455556666",
  regions: { watched: ["eu-west-1", "us-east-1"], unwatched: ["ap-southeast-1", "us-west-2"] },
  alarmedResourceTypes: ["AWS::S3::Object", "AWS::Lambda::Function", "AWS::DynamoDB::Table"],
  organizationAccounts: ["111122223333", "444455556666", "777788889999"],
  organizationBuckets: [
    "example-org-trailwatch-archive",
    "example-org-trailwatch-archive-access-logs",
    "example-org-trailwatch-state",
  ],
};
