/** The containment step of every runbook about stolen credentials; roles of IAM Identity Center cannot be edited. */
export const REVOKE_ACCESS =
  "Revoke the caller's access. A user's key: `aws iam update-access-key --user-name <user> --access-key-id <key> --status Inactive`. " +
  "A role: `aws iam put-role-policy --role-name <role> --policy-name cut-off --policy-document " +
  `'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'\`. ` +
  "An `AWSReservedSSO_…` role: disable the person in IAM Identity Center, and revoke the role's active sessions.";
