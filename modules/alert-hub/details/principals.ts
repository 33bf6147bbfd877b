/**
 * How people name the caller of each type, in JSONata; `$user` is the record's `userIdentity`, `$name` its `userName`,
 * `$path` the end of its ARN. Source: CloudTrail User Guide, "CloudTrail userIdentity element".
 */
const BY_TYPE: Readonly<Record<string, string>> = {
  Root: `"root"`,
  IAMUser: `$hidden ? "a user that does not exist" : $name != "" ? $name : $replace($path, /^user\\/(.*\\/)?/, "")`,
  AssumedRole: `$ofRole($path, $user)`,
  Role: `$ofRole($path, $user)`,
  FederatedUser: `$replace($path, /^federated-user\\//, "") & " (federated by " & $short($user.sessionContext.sessionIssuer.userName) & ")"`,
  SAMLUser: `$name & " (" & $provider & ")"`,
  WebIdentityUser: `$name & " (" & $provider & ")"`,
  Directory: `$name & " (directory)"`,
  IdentityCenterUser: `$short($user.onBehalfOf.userId) & " (IAM Identity Center)"`,
  AWSService: `$short($user.invokedBy)`,
  AWSAccount: `$account in ["", "anonymous", "ANONYMOUS_PRINCIPAL"] ? "anonymous" : $session != "" ? $session & " (account " & $account & ")" : "account " & $account`,
};

/** A caller without a type that is known, or without the fields of its type. */
const ANY = `$path != "" ? $path : $name != "" ? $name : $short($user.invokedBy) != "" ? $short($user.invokedBy) : $short($user.principalId) != "" ? $short($user.principalId) : "unknown"`;

/**
 * A function for the caller of a record, in JSONata, after `RESOURCE_FUNCTIONS`. A role of IAM Identity Center is named
 * by its permission set: `AWSReservedSSO_Admin_0123456789abcdef`.
 */
export const PRINCIPAL_FUNCTIONS = [
  `$ofRole := function($path, $user) {(
    $parts := $split($path, "/", 3);
    $role := $parts[0] = "assumed-role" and $count($parts) > 2 ? $parts[1] : $short($user.sessionContext.sessionIssuer.userName);
    $session := $parts[0] = "assumed-role" and $count($parts) > 2 ? $parts[2] : $substringAfter($short($user.principalId), ":");
    $set := $match($role, /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/).groups[0];
    $role = "" ? "" : $session & ($type($set) = "string" ? " (permission set " & $set & ")" : " (assumed-role/" & $role & ")")
  )}`,
  `$principalOf := function($user) {(
    $kind := $short($user.type);
    $name := $short($user.userName);
    $hidden := $name = "HIDDEN_DUE_TO_SECURITY_REASONS";
    $arn := $split($text($user.arn, 400), ":");
    $path := $count($arn) > 5 ? $join([$filter($arn, function($part, $index) { $index > 4 })], ":") : "";
    $provider := $short($user.identityProvider);
    $account := $short($user.accountId);
    $id := $short($user.principalId);
    $session := $contains($id, ":") ? $substringAfter($id, ":") : "";
    $named := ${Object.entries(BY_TYPE)
      .map(([type, expression]) => `$kind = "${type}" ? (${expression})`)
      .join(" : ")} : "";
    $short($named != "" ? $named : (${ANY}))
  )}`,
];
