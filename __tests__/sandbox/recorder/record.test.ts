import { Recorder } from "../../../sandbox/recorder/recorder";
import type { AwsRequest, AwsResponse } from "../../../sandbox/proxy/http";
import { cbor } from "@smithy/core/cbor";
import { answer, jsonCall, queryCall, signed } from "../proxy/requests";
import { exchange } from "./exchanges";

function record(request: AwsRequest, response?: AwsResponse) {
  return new Recorder().record(exchange(request, response))[0] ?? {};
}

const parameters = (request: AwsRequest) => record(request)["requestParameters"];

describe("request parameters", () => {
  test("are spelled with small first letters, and maps left alone", () => {
    const input = { KeyId: "k", EncryptionContext: { SecretARN: "a" }, Plaintext: "hush", DBName: [{ ARN: "b" }] };
    expect(parameters(jsonCall("kms", "Encrypt", input))).toEqual({
      keyId: "k",
      encryptionContext: { SecretARN: "a" },
      dBName: [{ aRN: "b" }],
    });
  });

  test("of the Query protocol are nested and typed", () => {
    const input = {
      Name: "1",
      MaxItems: "10",
      Enabled: "true",
      AccountId: "123456789012",
      "Tags.member.2.Key": "b",
      "Tags.member.1.Key": "a",
      "Tags.member.1.Value": "true",
      "Attributes.entry.1.key": "DisplayName",
      "Attributes.entry.1.value": "x",
    };
    expect(parameters(queryCall("sns", "CreateTopic", input))).toEqual({
      name: "1",
      maxItems: 10,
      enabled: true,
      accountId: "123456789012",
      tags: [{ key: "a", value: "true" }, { key: "b" }],
      attributes: { DisplayName: "x" },
    });
  });

  test("of EC2 have their lists in items", () => {
    const input = {
      GroupId: "sg-1",
      "IpPermissions.1.FromPort": "22",
      "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
    };
    expect(parameters(queryCall("ec2", "AuthorizeSecurityGroupIngress", input))).toEqual({
      groupId: "sg-1",
      ipPermissions: { items: [{ fromPort: 22, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } }] },
    });
  });

  test("of the CBOR protocol are decoded", () => {
    const request = signed({
      service: "monitoring",
      url: "/service/GraniteServiceVersion20100801/operation/DeleteAlarms",
      headers: { "smithy-protocol": "rpc-v2-cbor" },
    });
    const body = Buffer.from(cbor.serialize({ AlarmNames: ["a"] }));
    expect(parameters({ ...request, body })).toEqual({ alarmNames: ["a"] });
  });

  test("of a REST service are those of path and body", () => {
    const request = signed({ service: "scheduler", url: "/schedules/heartbeat", body: '{"State":"DISABLED"}' });
    expect(parameters(request)).toEqual({ name: "heartbeat", state: "DISABLED" });
  });

  test("of S3 are as HTTP has them, configurations as objects", () => {
    const lifecycle =
      '<LifecycleConfiguration xmlns="http://s3"><Rule><ID>x</ID><Days>1</Days></Rule></LifecycleConfiguration>';
    const request = signed({
      service: "s3",
      method: "PUT",
      url: "/archive?lifecycle&x-id=PutBucketLifecycleConfiguration",
      body: lifecycle,
    });
    expect(record(request)).toMatchObject({ eventName: "PutBucketLifecycle", managementEvent: true });
    expect(parameters(request)).toEqual({
      bucketName: "archive",
      Host: "s3.eu-west-1.amazonaws.com",
      lifecycle: "",
      LifecycleConfiguration: { xmlns: "http://s3", Rule: { ID: "x", Days: 1 } },
    });
  });

  test("of S3 Control name no bucket", () => {
    const request = signed({
      service: "s3",
      method: "PUT",
      url: "/v20180820/configuration/publicAccessBlock",
      body: "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>",
    });
    expect(record(request)).toMatchObject({ eventName: "PutAccountPublicAccessBlock", managementEvent: true });
    expect(parameters(request)).toEqual({
      Host: "s3.eu-west-1.amazonaws.com",
      PublicAccessBlockConfiguration: { BlockPublicAcls: false },
    });
  });

  test("of S3 have a key as it was sent where it is not encoded as it must be", () => {
    expect(parameters(signed({ service: "s3", method: "GET", url: "/archive/100%" }))).toMatchObject({ key: "100%" });
  });

  test("of S3 have what is put into an object left out", () => {
    const request = signed({ service: "s3", method: "PUT", url: "/archive/a/b%20c", body: "<a>hush</a>" });
    expect(parameters(request)).toEqual({ bucketName: "archive", Host: "s3.eu-west-1.amazonaws.com", key: "a/b c" });
    expect(record(request)).toMatchObject({
      eventCategory: "Data",
      managementEvent: false,
      resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::archive/a/b c" }, { ARN: "arn:aws:s3:::archive" }],
    });
  });

  test("of S3 name the beginning of the objects' ARNs where they are about several", () => {
    const resources = [
      { type: "AWS::S3::Object", ARNPrefix: "arn:aws:s3:::archive/" },
      { ARN: "arn:aws:s3:::archive" },
    ];
    for (const request of [
      { method: "POST", url: "/archive?delete", body: "<Delete/>" },
      { method: "GET", url: "/archive?list-type=2" },
    ]) {
      expect(record(signed({ service: "s3", ...request }))).toMatchObject({ eventCategory: "Data", resources });
    }
  });

  test("are null when there are none", () => {
    expect(parameters(jsonCall("secretsmanager", "ListSecrets", {}))).toBeNull();
  });
});

test.each([
  ["ssm", "PutParameter", { Name: "/a", Value: "hush" }, { name: "/a", value: "HIDDEN_DUE_TO_SECURITY_REASONS" }],
  [
    "secretsmanager",
    "CreateSecret",
    { Name: "a", SecretString: "hush", ClientRequestToken: "t" },
    { name: "a", clientRequestToken: "t" },
  ],
  [
    "sqs",
    "SendMessage",
    { QueueUrl: "u", MessageBody: "hush" },
    { queueUrl: "u", messageBody: "HIDDEN_DUE_TO_SECURITY_REASONS" },
  ],
])("what is secret in %s:%s is hidden", (service, operation, input, expected) => {
  expect(parameters(jsonCall(service, operation, input))).toEqual(expected);
});

describe("response elements", () => {
  const elements = (request: AwsRequest, response: AwsResponse) => record(request, response)["responseElements"];

  test("are those of changes, with dates in words and nothing that is null", () => {
    const deleted = answer({ ARN: "arn:x", Name: "a", DeletionDate: 1688990879.5, Other: null });
    expect(elements(jsonCall("secretsmanager", "DeleteSecret", {}), deleted)).toEqual({
      aRN: "arn:x",
      name: "a",
      deletionDate: "Jul 10, 2023, 12:07:59 PM",
    });
  });

  test("of the Query protocol are what lies in the result, lists unwrapped", () => {
    const xml =
      '<CreateRoleResponse xmlns="x"><CreateRoleResult><Role><Tags><member><Key>a</Key></member></Tags></Role></CreateRoleResult>' +
      "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></CreateRoleResponse>";
    expect(elements(queryCall("iam", "CreateRole"), answer(xml))).toEqual({ role: { tags: [{ key: "a" }] } });
    expect(record(queryCall("iam", "CreateRole"), answer(xml))["requestID"]).toBe("r");
  });

  test("are null for reads, and for calls that answer nothing", () => {
    expect(elements(jsonCall("cloudtrail", "DescribeTrails", {}), answer({ trailList: [] }))).toBeNull();
    expect(elements(jsonCall("cloudtrail", "StopLogging", {}), answer({}))).toBeNull();
  });
});

test.each([
  [
    "json",
    jsonCall("events", "PutRule", {}),
    answer({ __type: "com.amazon#LimitExceededException", message: "m" }, 400),
    "LimitExceededException",
  ],
  [
    "a refusal",
    jsonCall("kms", "Decrypt", {}),
    answer({ __type: "AccessDeniedException", Message: "m" }, 400),
    "AccessDenied",
  ],
  [
    "IAM",
    queryCall("iam", "GetRole"),
    answer("<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>", 404),
    "NoSuchEntityException",
  ],
  [
    "EC2",
    queryCall("ec2", "RunInstances"),
    answer(
      "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>m</Message></Error></Errors></Response>",
      403,
    ),
    "Client.UnauthorizedOperation",
  ],
  [
    "S3",
    signed({ service: "s3", method: "GET", url: "/b?policy" }),
    answer("<Error><Code>NoSuchBucketPolicy</Code><Message>m</Message></Error>", 404),
    "NoSuchBucketPolicy",
  ],
])("errors of %s are as records have them", (_, request, response, errorCode) => {
  expect(record(request, response)).toMatchObject({ errorCode, errorMessage: "m", responseElements: null });
});

test.each([
  ["iam", "us-east-1"],
  ["organizations", "us-east-1"],
  ["sts", "eu-west-1"],
])("events of %s are in %s", (service, awsRegion) => {
  expect(record(queryCall(service, "GetSomething"))).toMatchObject({ awsRegion });
});
