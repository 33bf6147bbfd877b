import { Recorder } from "../../../sandbox/recorder/recorder";
import type { RecordJson } from "../../../sandbox/signal-path/hop-event";
import { answer, jsonCall, queryCall, signed } from "../proxy/requests";
import { by, exchange } from "./exchanges";

const ROLE = "arn:aws:iam::222222222222:role/teams/Application";
const SESSION = "arn:aws:sts::222222222222:assumed-role/Application/web";

/** What STS answers when a role is assumed. */
function assumed(accessKeyId: string, arn = SESSION) {
  return answer(
    `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>hush</SecretAccessKey>
      <SessionToken>hush</SessionToken><Expiration>2026-01-15T10:30:00Z</Expiration></Credentials>
      <AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:web</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>
    </AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>`,
  );
}

const assume = queryCall("sts", "AssumeRole", { RoleArn: ROLE, RoleSessionName: "web", SourceIdentity: "alice" });
const list = jsonCall("secretsmanager", "ListSecrets", {});

function first(records: readonly RecordJson[]): RecordJson {
  const [record] = records;
  if (record === undefined) throw new Error("nothing was recorded");
  return record;
}

test("a record has CloudTrail's fields, and no others", () => {
  const request = jsonCall("secretsmanager", "GetSecretValue", { SecretId: "MyProjectSecrets" });
  const response = answer({ Name: "MyProjectSecrets", SecretString: "hush" });
  const named = { ...response, headers: { "x-amzn-requestid": "the-request" } };
  const withAgent = { ...request, headers: { ...request.headers, "user-agent": "aws-cli/2.31.0" } };
  expect(new Recorder().record(exchange(withAgent, named))).toEqual([
    {
      eventVersion: "1.11",
      userIdentity: {
        type: "IAMUser",
        principalId: expect.stringMatching(/^AIDA[0-9A-F]{17}$/) as unknown,
        arn: "arn:aws:iam::123456789012:user/moto",
        accountId: "123456789012",
        accessKeyId: "AKIAEXAMPLE",
        userName: "moto",
      },
      eventTime: "2026-01-15T09:30:00Z",
      eventSource: "secretsmanager.amazonaws.com",
      eventName: "GetSecretValue",
      awsRegion: "eu-west-1",
      sourceIPAddress: "127.0.0.1",
      userAgent: "aws-cli/2.31.0",
      requestParameters: { secretId: "MyProjectSecrets" },
      responseElements: null,
      requestID: "the-request",
      eventID: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      readOnly: true,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "123456789012",
      eventCategory: "Management",
    },
  ]);
});

describe("who calls", () => {
  test("is learned from the roles that are assumed", () => {
    const recorder = new Recorder();
    recorder.record(exchange(assume, assumed("ASIAONE")));
    expect(first(recorder.record(exchange(by("ASIAONE", list))))).toMatchObject({
      recipientAccountId: "222222222222",
      userIdentity: {
        type: "AssumedRole",
        principalId: "AROAEXAMPLE:web",
        arn: SESSION,
        accessKeyId: "ASIAONE",
        sessionContext: {
          sessionIssuer: { type: "Role", principalId: "AROAEXAMPLE", arn: ROLE, userName: "Application" },
          attributes: { creationDate: "2026-01-15T09:30:00Z", mfaAuthenticated: "false" },
          sourceIdentity: "alice",
        },
      },
    });
  });

  test("keeps its source identity through a further role", () => {
    const recorder = new Recorder();
    recorder.record(exchange(assume, assumed("ASIAONE")));
    const further = queryCall("sts", "AssumeRole", { RoleArn: ROLE, RoleSessionName: "web" });
    recorder.record(exchange(by("ASIAONE", further), assumed("ASIATWO")));
    expect(first(recorder.record(exchange(by("ASIATWO", list))))).toMatchObject({
      userIdentity: { sessionContext: { sourceIdentity: "alice" } },
    });
  });

  test("is not learned from a call that failed", () => {
    const recorder = new Recorder();
    recorder.record(exchange(assume, { ...assumed("ASIAONE"), status: 403 }));
    expect(first(recorder.record(exchange(by("ASIAONE", list))))).toMatchObject({ userIdentity: { type: "IAMUser" } });
  });

  test("is the user whom a key was created for", () => {
    const recorder = new Recorder();
    const user = "<User><Arn>arn:aws:iam::123456789012:user/dev/bob</Arn><UserId>AIDABOB</UserId></User>";
    const key = "<AccessKey><UserName>bob</UserName><AccessKeyId>AKIABOB</AccessKeyId></AccessKey>";
    const result = (name: string, body: string) =>
      answer(`<${name}Response><${name}Result>${body}</${name}Result></${name}Response>`);
    recorder.record(exchange(queryCall("iam", "CreateUser", { UserName: "bob" }), result("CreateUser", user)));
    recorder.record(exchange(queryCall("iam", "CreateAccessKey", { UserName: "bob" }), result("CreateAccessKey", key)));
    expect(first(recorder.record(exchange(by("AKIABOB", list))))).toMatchObject({
      userIdentity: {
        type: "IAMUser",
        userName: "bob",
        principalId: "AIDABOB",
        arn: "arn:aws:iam::123456789012:user/dev/bob",
      },
    });
  });

  test.each([
    ["arn:aws:iam::333333333333:root", { type: "Root", accountId: "333333333333" }],
    ["arn:aws:sts::333333333333:user/moto", { type: "IAMUser", arn: "arn:aws:iam::333333333333:user/moto" }],
  ])("is what GetCallerIdentity says: %s", (arn, userIdentity) => {
    const said = answer(`<R><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></R>`);
    expect(first(new Recorder().record(exchange(queryCall("sts", "GetCallerIdentity"), said)))).toMatchObject({
      userIdentity,
    });
  });
});

describe("a call to another account", () => {
  test("is recorded in both, with one shared id and two ids", () => {
    const [own, other, ...more] = new Recorder().record(exchange(assume, assumed("ASIAONE")));
    expect(more).toEqual([]);
    expect(own).toMatchObject({ recipientAccountId: "123456789012", userIdentity: { type: "IAMUser" } });
    expect(other).toMatchObject({
      recipientAccountId: "222222222222",
      userIdentity: { type: "AWSAccount", accountId: "123456789012" },
      resources: [{ accountId: "222222222222", type: "AWS::IAM::Role", ARN: ROLE }],
    });
    expect(own?.["sharedEventID"]).toBe(other?.["sharedEventID"]);
    expect(own?.["eventID"]).not.toBe(other?.["eventID"]);
  });

  test("that is refused stays in the caller's", () => {
    const denied = answer(
      "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
      403,
    );
    const [own, ...more] = new Recorder().record(exchange(assume, denied));
    expect(more).toEqual([]);
    expect(own).toMatchObject({ errorCode: "AccessDenied", requestParameters: null });
    expect(own).not.toHaveProperty("sharedEventID");
  });

  test("is recorded in the bucket owner's, even when it fails", () => {
    const recorder = new Recorder();
    recorder.record(exchange(assume, assumed("ASIAONE")));
    recorder.record(exchange(by("ASIAONE", signed({ service: "s3", method: "PUT", url: "/archive" })), answer("")));
    const remove = signed({ service: "s3", method: "DELETE", url: "/archive" });
    const failed = answer("<Error><Code>BucketNotEmpty</Code><Message>no</Message></Error>", 409);
    const records = recorder.record(exchange(remove, failed));
    expect(records.map(({ recipientAccountId }) => recipientAccountId)).toEqual(["123456789012", "222222222222"]);
  });
});

describe("nothing is recorded", () => {
  test.each([
    ["of log events that are written", jsonCall("logs", "PutLogEvents", {})],
    ["of a path that is no call", signed({ service: "unheard-of", url: "/x" })],
    ["of calls without credentials", signed({ url: "/bucket/key", method: "GET" })],
  ])("%s", (_, request) => {
    expect(new Recorder().record(exchange(request))).toEqual([]);
  });

  test("of what the local AWS lacks", () => {
    const lacking = answer({ __type: "SandboxNotImplemented", message: "sandbox: …" }, 400);
    expect(new Recorder().record(exchange(list, lacking))).toEqual([]);
  });
});

test("a caller with a token from elsewhere is recorded in the role's account", () => {
  const request = queryCall("sts", "AssumeRoleWithWebIdentity", { RoleArn: ROLE, WebIdentityToken: "hush" });
  const records = new Recorder().record(
    exchange({ ...request, headers: { ...request.headers, authorization: "" } }, assumed("ASIAONE")),
  );
  expect(records).toMatchObject([{ recipientAccountId: "222222222222", userIdentity: { type: "WebIdentityUser" } }]);
  expect(JSON.stringify(records)).not.toContain("hush");
});
