/**
 * Parameters of requests that name what a call is about, the most telling first. Names as CloudTrail writes them.
 *
 * What people know comes before what only AWS knows, and what is acted on before what it is given: the role before its
 * policy. Parameters that are not in this list count too, if their names end like those of `OTHER_NAMES`.
 */
const PARAMETERS = [
  ...["secretId", "SecretARN", "secretIdList", "trailName", "eventDataStore", "bucketName", "Bucket"],
  ...["logGroupName", "logGroupIdentifier", "alarmName", "alarmNames", "dashboardName", "dashboardNames"],
  ...["stateMachineArn", "executionArn", "eventBusName", "rule", "queueUrl", "topicArn", "subscriptionArn"],
  ...["keyId", "targetKeyId", "aliasName", "roleName", "userName", "groupName", "instanceProfileName"],
  ...["roleArn", "policyArn", "policyName", "policyId", "targetId", "sAMLProviderArn", "serialNumber"],
  ...["dBInstanceIdentifier", "dBClusterIdentifier", "dBSnapshotIdentifier", "dBClusterSnapshotIdentifier"],
  ...["clusterIdentifier", "snapshotIdentifier", "snapshotId", "imageId", "instanceId", "InstanceId", "groupId"],
  ...["tableName", "functionName", "repositoryName", "detectorId", "configurationRecorderName"],
  ...["backupVaultName", "fileSystemId", "resourceArn", "resourceId", "accountId", "accountIds", "modelId"],
  ...["name", "names", "arn", "id", "path"],
];

const OTHER_NAMES = "/(Name|Id|Arn|ARN|Identifier|Url)$/";

/** A function in JSONata that cuts a text; anything else becomes an empty text. */
export const TEXT = `$text := function($value, $most) { $type($value) = "string" ? $substring($value, 0, $most) : "" }`;

/** Longest text of a field. */
export const MAX_FIELD = 200;

/**
 * Functions for the resource of a record, in JSONata. All of it may be forged, may be missing, or may be no text.
 *
 * `$shortened` leaves of an ARN what people recognize: `arn:aws:secretsmanager:eu-west-1:1:secret:Orders-AbCdEf` becomes
 * `Orders`. `$named` is a text, or the texts of a list. `$resourceOf` looks at the request, then one level below it
 * (EC2 wraps some requests), then at the resources of the record.
 */
export const RESOURCE_FUNCTIONS = [
  TEXT,
  `$short := function($value) { $text($value, ${MAX_FIELD}) }`,
  `$shortened := function($value) {(
    $isArn := $substring($value, 0, 4) = "arn:" and $count($split($value, ":")) > 5;
    $parts := $isArn ? $split($value, ":", 5) : [];
    $rest := $isArn ? $substring($value, $length($join($parts, ":")) + 1) : $value;
    $not($isArn) ? $value
      : $parts[2] = "s3" ? $rest
      : $parts[2] = "secretsmanager" ? $replace($replace($rest, /^secret:/, ""), /-[A-Za-z0-9]{6}$/, "")
      : $replace($replace($rest, /^[A-Za-z-]+[:\\/]/, ""), /:[*]$/, "")
  )}`,
  `$named := function($value) {
    $type($value) = "string" ? $shortened($short($value))
      : $type($value) = "array" ? $join([$filter($value, function($one, $index) { $index < 3 and $type($one) = "string" })].$shortened($short($)), ", ")
      : ""
  }`,
  `$ranks := ${JSON.stringify(Object.fromEntries(PARAMETERS.map((name, rank) => [name, rank])))}`,
  `$among := function($parameters) {(
    $ranked := $type($parameters) = "object" ? [$each($parameters, function($value, $key) {(
      $rank := $lookup($ranks, $key);
      $place := $type($rank) = "number" ? $rank : $match($key, ${OTHER_NAMES}) ? ${PARAMETERS.length} : -1;
      $place >= 0 ? {"place": $place, "value": $named($value)}
    )})][value != ""] : [];
    $best := $count($ranked) > 0 ? $sort($ranked, function($one, $other) { $one.place > $other.place }) : [];
    $count($best) > 0 ? $best[0].value : ""
  )}`,
  `$first := function($texts) {( $found := $texts[$ != ""]; $count($found) > 0 ? $found[0] : "" )}`,
  `$resourceOf := function($record) {(
    $request := $record.requestParameters;
    $object := $short($request.key);
    $own := $among($request);
    $inner := $type($request) = "object" ? [$each($request, function($value) { $type($value) = "object" ? $among($value) })] : [];
    $items := [$request.*.items];
    $found := $first($append($append([$own], $inner), [$count($items) > 0 ? $among($items[0]) : ""]));
    $found != "" ? $found & ($object != "" and $type($request.bucketName) = "string" ? "/" & $object : "")
      : $type($record.resources) = "array" ? $named($first([$record.resources.ARN.$short($)])) : ""
  )}`,
];
