/**
 * Parameters of requests that name what a call is about, the most telling first. Names as CloudTrail writes them.
 *
 * What people know comes before what only AWS knows, and what is acted on before what it is given or belongs to: the role
 * before its policy, the rule before its event bus. Parameters that are not in this list count too, if their names end
 * like those of `OTHER_NAMES`.
 */
const PARAMETERS = [
  ...["secretId", "SecretARN", "secretIdList", "trailName", "eventDataStore", "bucketName", "Bucket"],
  ...["logGroupName", "logGroupIdentifier", "alarmName", "alarmNames", "dashboardName", "dashboardNames"],
  ...["stateMachineArn", "executionArn", "queueUrl", "topicArn", "subscriptionArn"],
  ...["keyId", "targetKeyId", "aliasName", "functionName", "rule", "name", "eventBusName", "roleName", "userName"],
  ...["groupName", "instanceProfileName", "permissionSetArn"],
  ...["roleArn", "policyArn", "policyName", "policyId", "targetId", "sAMLProviderArn", "serialNumber"],
  ...["dBInstanceIdentifier", "dBClusterIdentifier", "dBSnapshotIdentifier", "dBClusterSnapshotIdentifier"],
  ...["clusterIdentifier", "snapshotIdentifier", "snapshotId", "imageId", "instanceId", "InstanceId", "groupId"],
  ...["tableName", "repositoryName", "detectorId", "configurationRecorderName"],
  ...[
    "backupVaultName",
    "fileSystemId",
    "sourceArn",
    "resourceArn",
    "resourceId",
    "accountId",
    "accountIds",
    "modelId",
  ],
  ...["routeTableId", "apiId", "target", "targetPrincipal", "names", "arn", "id", "path", "url"],
];

const OTHER_NAMES = "/(Name|Id|Arn|ARN|Identifier|Url|:arn)$/";

/** Names that end like those of resources: a part of a request, or the directory that nearly every call has. */
const NO_RESOURCES =
  "/^(statementId|[a-zA-Z]*[vV]ersionId|roleSessionName|identityStoreId|subnetId|accessKeyId|[a-zA-Z]*[rR]equestId)$/";

/** Parameters that stand before all others, by call. */
const FIRST_OF_CALL = { RunInstances: "instanceType" } as const;

/** What AWS writes in place of a value. */
const HIDDEN = ["***", "HIDDEN_DUE_TO_SECURITY_REASONS"];

/** Names of a list in a text. */
const LISTED = 3;

/** A function in JSONata that cuts a text; anything else becomes an empty text. */
export const TEXT = `$text := function($value, $most) { $type($value) = "string" ? $substring($value, 0, $most) : "" }`;

/** Longest text of a field. */
export const MAX_FIELD = 200;

/**
 * Functions for the resource of a record, in JSONata. All of it may be forged, may be missing, or may be no text.
 *
 * `$shortened` leaves of an ARN what people recognize: `arn:aws:secretsmanager:eu-west-1:1:secret:Orders-AbCdEf` becomes
 * `Orders`; of a queue's URL its name. `$named` is a text, or the texts of a list. `$resourceOf` looks at the request,
 * then one level below it (EC2 wraps some requests), then at the resources of the record, then at the response, and for a
 * refused call, of which CloudTrail keeps no request, at the error's message.
 */
export const RESOURCE_FUNCTIONS = [
  TEXT,
  `$short := function($value) { $text($value, ${MAX_FIELD}) }`,
  `$known := function($value) {( $short := $short($value); $short in ${JSON.stringify(HIDDEN)} ? "" : $short )}`,
  `$shortened := function($value) {(
    $isArn := $substring($value, 0, 4) = "arn:" and $count($split($value, ":")) > 5;
    $parts := $isArn ? $split($value, ":", 5) : [];
    $rest := $isArn ? $substring($value, $length($join($parts, ":")) + 1) : $value;
    $not($isArn) ? $replace($value, /^https:\\/\\/[^\\/]*(sqs|queue)[^\\/]*\\/[0-9]{12}\\//, "")
      : $parts[2] = "s3" ? $rest
      : $parts[2] = "secretsmanager" ? $replace($replace($rest, /^secret:/, ""), /-[A-Za-z0-9]{6}$/, "")
      : $replace($replace($rest, /^[A-Za-z-]+[:\\/]/, ""), /:([*]|log-stream:.*)$/, "")
  )}`,
  `$named := function($value) {(
    $names := $type($value) = "array" ? [$filter($value, function($one) { $known($one) != "" })] : [];
    $type($value) = "string" ? $shortened($known($value))
      : $type($value) = "object" ? $shortened($known($value.content))
      : $count($names) > ${LISTED} ? $join($names[[0..${LISTED - 1}]].$shortened($short($)), ", ") & " and " & $string($count($names) - ${LISTED}) & " more"
      : $join([$names.$shortened($short($))], ", ")
  )}`,
  // Paths through lists within lists of any depth would not end.
  `$object := function($value) { $type($value) = "object" ? $value : {} }`,
  `$ranks := ${JSON.stringify(Object.fromEntries(PARAMETERS.map((name, rank) => [name, rank])))}`,
  `$among := function($parameters, $isRequest) {(
    $ranked := [$each($object($parameters), function($value, $key) {(
      $rank := $lookup($ranks, $key);
      $isOther := $isRequest and $match($key, ${OTHER_NAMES}) and $not($contains($key, ${NO_RESOURCES}));
      $place := $type($rank) = "number" ? $rank : $isOther ? ${PARAMETERS.length} : -1;
      $place >= 0 ? {"place": $place, "value": $named($value)}
    )})][value != ""];
    $best := $count($ranked) > 0 ? $sort($ranked, function($one, $other) { $one.place > $other.place }) : [];
    $count($best) > 0 ? $best[0].value : ""
  )}`,
  `$below := function($parameters, $isRequest) { [$each($object($parameters), function($value) { $type($value) = "object" ? $among($value, $isRequest) })] }`,
  `$first := function($texts) {( $found := $texts[$ != ""]; $count($found) > 0 ? $found[0] : "" )}`,
  `$resourceOf := function($record) {(
    $request := $object($record.requestParameters);
    $response := $object($record.responseElements);
    $path := $short($request.key);
    $call := $short($record.eventName);
    $chosen := $lookup(${JSON.stringify(FIRST_OF_CALL)}, $call);
    $items := [$each($request, function($value) { $object($value).items })];
    $found := $first($append([$type($chosen) = "string" ? $named($lookup($request, $chosen)) : "", $among($request, true)], $append($below($request, true), [$count($items) > 0 ? $among($items[0], true) : ""])));
    $refused := $match($text($record.errorMessage, 2000), /on resource: ([^ ]+)/, 1).groups[0];
    $found != "" ? $found & ($path != "" and $type($request.bucketName) = "string" ? "/" & $path : "")
      : $first($append([
          $type($record.resources) = "array" ? $named($first([$record.resources.ARN.$short($)])) : "",
          $named($record.additionalEventData.SecretId),
          $among($response, false)
        ], $append($below($response, false), [$type($refused) = "string" and $refused != "*" ? $shortened($short($refused)) : ""])))
  )}`,
];
