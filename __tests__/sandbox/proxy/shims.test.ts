import type { AwsRequest, AwsResponse, Send } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { allShims, shimFor } from "../../../sandbox/proxy/shims";
import { sharedState } from "../../../sandbox/shared-state";
import { answer, jsonCall, queryCall, signed } from "./requests";

const TRAIL = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/example";
const TOPIC = "arn:aws:sns:eu-west-1:111111111111:alerts";

/** The proxy's shims in front of a moto that returns the answers of a test. */
class Shimmed {
  public readonly sent: AwsRequest[] = [];
  public readonly shared = sharedState();
  public readonly confirmed = this.shared.subscriptions;
  private readonly shims = allShims(this.shared);

  public async call(request: AwsRequest, moto: AwsResponse): Promise<AwsResponse> {
    const call = identify(request);
    const send: Send = (passed) => {
      this.sent.push(passed);
      return Promise.resolve(moto);
    };
    return (await shimFor(this.shims, call)?.answer(request, send, call)) ?? moto;
  }

  public lastSent(): string {
    return this.sent.at(-1)?.body.toString() ?? "";
  }
}

const json = (response: AwsResponse): unknown => JSON.parse(response.body.toString());
const text = (response: AwsResponse): string => response.body.toString();

describe("CloudTrail", () => {
  test("DeleteTrail gets the name for an ARN", async () => {
    const door = new Shimmed();
    await door.call(jsonCall("cloudtrail", "DeleteTrail", { Name: TRAIL }), answer({}));
    expect(JSON.parse(door.lastSent())).toEqual({ Name: "example" });
    await door.call(jsonCall("cloudtrail", "DeleteTrail", { Name: "example" }), answer({}));
    expect(JSON.parse(door.lastSent())).toEqual({ Name: "example" });
  });

  const BOTH = answer({
    trailList: [
      { Name: "example", TrailARN: TRAIL },
      { Name: "other", TrailARN: "arn:other" },
    ],
  });

  test.each([[[TRAIL]], [["example"]]])("DescribeTrails returns the requested trails: %j", async (trailNameList) => {
    const response = await new Shimmed().call(jsonCall("cloudtrail", "DescribeTrails", { trailNameList }), BOTH);
    expect(json(response)).toEqual({ trailList: [{ Name: "example", TrailARN: TRAIL }] });
  });

  test("DescribeTrails answers all when none is named", async () => {
    const response = await new Shimmed().call(jsonCall("cloudtrail", "DescribeTrails", {}), BOTH);
    expect(response).toBe(BOTH);
  });

  describe("Insights selectors", () => {
    const put = (kinds: string[]) =>
      jsonCall("cloudtrail", "PutInsightSelectors", {
        TrailName: TRAIL,
        InsightSelectors: kinds.map((InsightType) => ({ InsightType })),
      });
    const get = jsonCall("cloudtrail", "GetInsightSelectors", { TrailName: "example" });
    const piledUp = answer({ TrailARN: TRAIL, InsightSelectors: [{ InsightType: "a" }, { InsightType: "b" }] });

    test("are those of the last put", async () => {
      const door = new Shimmed();
      await door.call(put(["a"]), answer({ TrailARN: TRAIL }));
      await door.call(put(["b"]), answer({ TrailARN: TRAIL }));
      expect(json(await door.call(get, piledUp))).toEqual({
        TrailARN: TRAIL,
        InsightSelectors: [{ InsightType: "b" }],
      });
    });

    test("are none for a trail that was created again", async () => {
      const door = new Shimmed();
      await door.call(put(["a"]), answer({ TrailARN: TRAIL }));
      const created = answer({ TrailARN: TRAIL });
      expect(await door.call(get, created)).toBe(created);
    });
  });
});

describe("bucket policies", () => {
  const log = {
    Sid: "Log",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::b/*",
  };
  const never = { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::b/*" };
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { ...never, Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      never,
      { ...log, Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } },
    ],
  };
  const put = signed({ service: "s3", method: "PUT", url: "/b?policy", body: JSON.stringify(policy) });
  const get = signed({ service: "s3", method: "GET", url: "/b?policy" });

  test("reach moto without conditions, what allows first", async () => {
    const door = new Shimmed();
    await door.call(put, answer("", 204));
    expect(JSON.parse(door.lastSent())).toMatchObject({ Statement: [log, { ...never, Principal: { AWS: "*" } }] });
  });

  test("are answered as they were put", async () => {
    const door = new Shimmed();
    await door.call(put, answer("", 204));
    expect(text(await door.call(get, answer(door.lastSent())))).toBe(JSON.stringify(policy));
  });

  test("that are missing stay missing", async () => {
    const missing = answer("<Error><Code>NoSuchBucketPolicy</Code></Error>", 404);
    expect(await new Shimmed().call(get, missing)).toBe(missing);
  });

  test("that are none are for moto to refuse", async () => {
    const door = new Shimmed();
    await door.call(signed({ service: "s3", method: "PUT", url: "/b?policy", body: "no policy" }), answer("", 400));
    expect(door.lastSent()).toBe("no policy");
  });
});

describe("email subscriptions", () => {
  const ARN = `${TOPIC}:11111111-2222-4333-8444-555555555555`;
  const subscribed = answer(`<SubscribeResult><SubscriptionArn>${ARN}</SubscriptionArn></SubscribeResult>`);

  test("are pending when subscribed", async () => {
    const response = await new Shimmed().call(queryCall("sns", "Subscribe", { Protocol: "email" }), subscribed);
    expect(text(response)).toContain("<SubscriptionArn>pending confirmation</SubscriptionArn>");
  });

  test.each<Record<string, string>>([{ Protocol: "email", ReturnSubscriptionArn: "true" }, { Protocol: "sqs" }])(
    "return their ARN on request, and for other protocols always: %j",
    async (input) => {
      expect(text(await new Shimmed().call(queryCall("sns", "Subscribe", input), subscribed))).toContain(ARN);
    },
  );

  const attributes = (protocol: string) =>
    answer(
      "<Attributes><entry><key>PendingConfirmation</key><value>false</value></entry>" +
        `<entry><key>Protocol</key><value>${protocol}</value></entry>` +
        `<entry><key>SubscriptionArn</key><value>${ARN}</value></entry></Attributes>`,
    );
  const PENDING = "<key>PendingConfirmation</key><value>true</value>";

  test("say that they are pending until they are confirmed", async () => {
    const door = new Shimmed();
    const get = queryCall("sns", "GetSubscriptionAttributes", { SubscriptionArn: ARN });
    expect(text(await door.call(get, attributes("email")))).toContain(PENDING);
    expect(text(await door.call(get, attributes("sqs")))).not.toContain(PENDING);
    door.confirmed.confirm(ARN);
    expect(text(await door.call(get, attributes("email")))).not.toContain(PENDING);
  });

  test("are listed without their ARN until they are confirmed", async () => {
    const door = new Shimmed();
    const member = (arn: string, protocol: string) =>
      `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>${protocol}</Protocol></member>`;
    const list = answer(member(ARN, "email") + member(`${TOPIC}:queue`, "sqs"));
    const call = queryCall("sns", "ListSubscriptionsByTopic", { TopicArn: TOPIC });
    expect(text(await door.call(call, list))).toBe(
      member("PendingConfirmation", "email") + member(`${TOPIC}:queue`, "sqs"),
    );
    door.confirmed.confirm(ARN);
    expect(text(await door.call(call, list))).toBe(text(list));
  });
});

describe("a topic's signature version", () => {
  const get = queryCall("sns", "GetTopicAttributes", { TopicArn: TOPIC });
  const attributes = answer(`<Attributes><entry><key>TopicArn</key><value>${TOPIC}</value></entry></Attributes>`);
  const entry = (version: string) => `<entry><key>SignatureVersion</key><value>${version}</value></entry></Attributes>`;

  test("is 1 unless set", async () => {
    expect(text(await new Shimmed().call(get, attributes))).toContain(entry("1"));
  });

  test("is what was set, until the topic is deleted", async () => {
    const door = new Shimmed();
    const set = { TopicArn: TOPIC, AttributeName: "SignatureVersion", AttributeValue: "2" };
    await door.call(queryCall("sns", "SetTopicAttributes", set), answer(""));
    expect(text(await door.call(get, attributes))).toContain(entry("2"));
    await door.call(queryCall("sns", "DeleteTopic", { TopicArn: TOPIC }), answer(""));
    expect(text(await door.call(get, attributes))).toContain(entry("1"));
  });

  test("may come with the topic", async () => {
    const door = new Shimmed();
    const input = { "Attributes.entry.1.key": "SignatureVersion", "Attributes.entry.1.value": "2" };
    await door.call(queryCall("sns", "CreateTopic", input), answer(`<TopicArn>${TOPIC}</TopicArn>`));
    expect(text(await door.call(get, attributes))).toContain(entry("2"));
  });
});

test("other calls have no shim", () => {
  const shims = allShims(sharedState());
  expect(shimFor(shims, identify(jsonCall("cloudtrail", "CreateTrail", {})))).toBeUndefined();
  expect(shimFor(shims, identify(queryCall("sqs", "Subscribe")))).toBeUndefined();
});

describe("executions of state machines", () => {
  const stateMachineArn = "arn:aws:states:eu-west-1:111111111111:stateMachine:hub";
  const caller = answer("<Account>111111111111</Account>");
  const list = (input: object) => jsonCall("states", "ListExecutions", { stateMachineArn, ...input });

  async function twoExecutions(): Promise<Shimmed> {
    const door = new Shimmed();
    for (const at of [1000, 2000]) {
      const start = { stateMachineArn, roleArn: "role", input: { at }, at };
      await door.shared.executions.record(
        start,
        () => Promise.resolve({}),
        () => Promise.resolve({ succeeded: true, reason: "", status: "SUCCEEDED", results: [] }),
      );
    }
    // The account of the caller is asked for once.
    await door.call(jsonCall("states", "GetExecutionHistory", { executionArn: stateMachineArn }), caller);
    return door;
  }

  test("are listed page by page, the newest first, without their events", async () => {
    const door = await twoExecutions();
    const first = json(await door.call(list({ maxResults: 1 }), answer({ executions: [] })));
    expect(first).toEqual({
      executions: [expect.objectContaining({ stateMachineArn, status: "SUCCEEDED", startDate: 2 })],
      nextToken: "1",
    });
    expect(json(await door.call(list({ nextToken: "1" }), answer({ executions: [] })))).toMatchObject({
      executions: [{ startDate: 1 }],
    });
    expect(json(await door.call(list({ statusFilter: "FAILED" }), answer({})))).toEqual({ executions: [] });
  });

  test("have a history, in either order", async () => {
    const door = await twoExecutions();
    const [newest] = door.shared.executions.of(stateMachineArn);
    const history = (input: object) =>
      door.call(
        jsonCall("states", "GetExecutionHistory", { executionArn: newest?.executionArn, ...input }),
        answer("", 400),
      );
    expect(json(await history({ maxResults: 1 }))).toMatchObject({
      events: [{ type: "ExecutionStarted", executionStartedEventDetails: { input: '{"at":2000}' } }],
      nextToken: "1",
    });
    expect(json(await history({ reverseOrder: true, maxResults: 1 }))).toMatchObject({
      events: [{ type: "ExecutionSucceeded" }],
    });
  });

  test("of a machine that does not exist, or of another account, are for moto to refuse", async () => {
    const door = await twoExecutions();
    const refused = answer({ __type: "StateMachineDoesNotExist" }, 400);
    expect(await door.call(list({}), refused)).toBe(refused);
    const foreign = stateMachineArn.replace("111111111111", "222222222222");
    expect(await door.call(jsonCall("states", "ListExecutions", { stateMachineArn: foreign }), refused)).toBe(refused);
  });
});
