import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall } from "../../../detections/example-record";
import { data } from "../../../detections/packs/data";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const evaluators = data.detections
  .filter((detection): detection is TunedDetection => "condition" in detection)
  .map(
    ({ id, ...detection }) =>
      [id, conditionsFor({ id, ...detection }, EXAMPLE_ACCOUNT).map((condition) => predicate(condition))] as const,
  );

const found = (record: CloudTrailRecord) =>
  evaluators.filter(([, met]) => met.some((holds) => holds(record))).map(([id]) => id);

const queue = (Policy: string) =>
  apiCall("sqs", "SetQueueAttributes", { requestParameters: { attributes: { Policy } } });

describe("the text of a policy that allows everyone", () => {
  test.each([
    ["without blanks", '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*"}]}'],
    ["with blanks", '{ "Statement" : [ { "Effect" : "Allow", "Principal" : "*", "Action" : "sqs:*" } ] }'],
    ["by its accounts", '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sqs:*"}]}'],
    ["in a list", '{"Statement":{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::1:root", "*"]}}}'],
    ["by keys in the order of their letters", '{"Statement":[{"Action":"sqs:*","Effect":"Allow","Principal":"*"}]}'],
    [
      "after a statement with a condition",
      '{"Statement":[{"Effect":"Deny","Principal":"*","Condition":{"Bool":{"a":"b"}}},{"Effect":"Allow","Principal":"*"}]}',
    ],
  ])("%s", (_what, policy) => {
    expect(found(queue(policy))).toEqual(["resource-policy-opened"]);
  });
});

describe("the text of a policy that allows", () => {
  test.each([
    ["this account", '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"},"Action":"*"}]}'],
    ["a service", '{"Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Resource":"*"}]}'],
    ["everyone on a condition", '{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"a":"b"}}}]}'],
    [
      "everyone on a condition before",
      '{"Statement":[{"Condition":{"a":{"b":"c"}},"Effect":"Allow","Principal":"*"}]}',
    ],
    ["no principal", '{"Statement":[{"Sid":"AllowNot","Effect":"Deny","Principal":"*","Action":"sqs:*"}]}'],
  ])("%s is not found", (_what, policy) => {
    expect(found(queue(policy))).toEqual([]);
  });
});

test.each<[string, unknown, string[]]>([
  ["a policy for everyone is one for outsiders, too", { AWS: "*" }, ["bucket-made-public", "data-copied-out"]],
  ["a policy for the world", "*", ["bucket-made-public"]],
  ["a policy for another account", { AWS: "arn:aws:iam::999900001111:user/mallory" }, ["data-copied-out"]],
  ["a policy for a role of this account", { AWS: "arn:aws:iam::111122223333:role/Application" }, []],
])("%s", (_what, Principal, ids) => {
  const bucketPolicy = { Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject" }] };
  expect(found(apiCall("s3", "PutBucketPolicy", { requestParameters: { bucketPolicy } }))).toEqual(ids);
});
