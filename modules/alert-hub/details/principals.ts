import { MAX_FIELD } from "./resources";

/**
 * How people name the caller of each type, in JSONata; `$user` is the record's `userIdentity`, `$name` its `userName`,
 * `$path` the end of its ARN. Source: CloudTrail User Guide, "CloudTrail userIdentity element".
 */
const BY_TYPE: Readonly<Record<string, string>> = {
  Root: `"root"`,
  IAMUser: `$isHidden ? "a user that does not exist" : $name != "" ? $name : $replace($path, /^user\\/(.*\\/)?/, "")`,
  AssumedRole: `$ofRole($path, $user)`,
  Role: `$ofRole($path, $user)`,
  FederatedUser: `$ofKind($replace($path, /^federated-user\\//, ""), $issuer = "" ? "federated user" : "federated by " & $issuer)`,
  SAMLUser: `$ofKind($name, $provider)`,
  WebIdentityUser: `$ofKind($name, $provider)`,
  Directory: `$ofKind($name, "directory")`,
  IdentityCenterUser: `$ofKind($short($user.onBehalfOf.userId), "IAM Identity Center")`,
  AWSService: `$short($user.invokedBy)`,
  AWSAccount: `$account in ["", "anonymous", "ANONYMOUS_PRINCIPAL"] ? "anonymous" : $session != "" ? $session & " (account " & $account & ")" : "account " & $account`,
};

/** A caller without a type that is known, or without the fields of its type; empty if the record names none. */
const ANY = `$first([$path, $name, $short($user.invokedBy), $id])`;

/**
 * A function for the caller of a record, in JSONata, after `RESOURCE_FUNCTIONS`; `$own` is the account in which the call
 * was made. A role of IAM Identity Center is named by its permission set: `AWSReservedSSO_Admin_0123456789abcdef`. Of a
 * caller of another account it names the account: `alice (assumed-role/Developer of 111122223333)`.
 */
export const PRINCIPAL_FUNCTIONS = [
  `$ofKind := function($name, $kind) { $name = "" ? "" : $kind = "" ? $name : $name & " (" & $kind & ")" }`,
  `$ofRole := function($path, $user) {(
    $parts := $split($path, "/", 3);
    $isSession := $parts[0] = "assumed-role" and $count($parts) > 2;
    $role := $isSession ? $parts[1] : $short($user.sessionContext.sessionIssuer.userName);
    $session := $isSession ? $parts[2] : $contains($short($user.principalId), ":") ? $substringAfter($short($user.principalId), ":") : "";
    $set := $match($role, /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/).groups[0];
    $kind := $type($set) = "string" ? "permission set " & $set : "assumed-role/" & $role;
    $role = "" ? $session : $session = "" ? $kind : $ofKind($session, $kind)
  )}`,
  `$principalOf := function($user, $own) {(
    $kind := $short($user.type);
    $isHidden := $short($user.userName) = "HIDDEN_DUE_TO_SECURITY_REASONS";
    $name := $known($user.userName);
    $arn := $split($text($user.arn, 400), ":");
    $path := $count($arn) > 5 ? $join([$filter($arn, function($part, $index) { $index > 4 })], ":") : "";
    $provider := $shortened($short($user.identityProvider));
    $account := $short($user.accountId);
    $id := $short($user.principalId);
    $session := $contains($id, ":") ? $substringAfter($id, ":") : "";
    $from := $user.sessionContext.sessionIssuer;
    $issuer := $short($from.type) = "Root" ? "root" : $known($from.userName);
    $named := ${Object.entries(BY_TYPE)
      .map(([type, expression]) => `$kind = "${type}" ? (${expression})`)
      .join(" : ")} : "";
    $who := $named != "" ? $named : (${ANY});
    $isForeign := $kind != "AWSAccount" and $who != "" and $match($account, /^[0-9]{12}$/) and $match($own, /^[0-9]{12}$/) and $account != $own;
    $isForeign ? $short($contains($who, /\\)$/) ? $replace($text($who, ${MAX_FIELD - 20}), /\\)$/, "") & " of " & $account & ")" : $ofKind($text($who, ${MAX_FIELD - 20}), "account " & $account)) : $short($who)
  )}`,
];
