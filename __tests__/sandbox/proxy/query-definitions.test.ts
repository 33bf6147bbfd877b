import { CallerAccounts } from "../../../sandbox/proxy/caller-account";
import { sharedState } from "../../../sandbox/shared-state";
import type { AwsRequest, AwsResponse, Send } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { allShims, shimFor } from "../../../sandbox/proxy/shims";
import { answer, authorization, jsonCall } from "./requests";

const HOME = "eu-west-1";
const TARGET = "Logs_20140328";

/** Accounts and the access keys that moto gave out for them. */
const ACCOUNTS: Readonly<Record<string, string>> = { AKIAONE: "111111111111", AKIATWO: "222222222222" };

/** A moto that knows its callers, and has no saved queries. */
class Moto {
  public readonly sent: AwsRequest[] = [];

  public readonly send: Send = (request) => {
    this.sent.push(request);
    const key = /Credential=(\w+)\//.exec(String(request.headers.authorization))?.[1] ?? "";
    const account = ACCOUNTS[key];
    return Promise.resolve(
      account === undefined
        ? answer("<ErrorResponse><Error><Code>InvalidClientTokenId</Code></Error></ErrorResponse>", 403)
        : answer(`<GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult>`),
    );
  };
}

/** A call of CloudWatch Logs by a caller in a region. */
function logs(operation: string, input: object, key = "AKIAONE", region = HOME): AwsRequest {
  const request = jsonCall("logs", operation, input);
  const headers = {
    ...request.headers,
    "x-amz-target": `${TARGET}.${operation}`,
    authorization: authorization("logs", region).replace("AKIAEXAMPLE", key),
  };
  return { ...request, headers };
}

/** A proxy whose shims keep their state between calls. */
class Door {
  public readonly moto = new Moto();
  private readonly shims = allShims(sharedState());

  public async call(request: AwsRequest): Promise<AwsResponse> {
    const call = identify(request);
    const shim = shimFor(this.shims, call);
    if (shim === undefined) throw new Error(`no shim for ${call.operation}`);
    return shim.answer(request, this.moto.send, call);
  }

  public async put(input: object, ...from: string[]): Promise<string> {
    const response = await this.call(logs("PutQueryDefinition", input, ...from));
    return (JSON.parse(response.body.toString()) as { queryDefinitionId: string }).queryDefinitionId;
  }

  public async names(input: object = {}, ...from: string[]): Promise<unknown[]> {
    return (await this.described(input, ...from)).map(({ name }) => name);
  }

  public async described(input: object = {}, ...from: string[]): Promise<Record<string, unknown>[]> {
    const response = await this.call(logs("DescribeQueryDefinitions", input, ...from));
    return (JSON.parse(response.body.toString()) as { queryDefinitions: Record<string, unknown>[] }).queryDefinitions;
  }
}

const QUERY = { name: "trailwatch/a/b", queryString: "fields eventName", logGroupNames: ["/aws/events/trailwatch"] };
const NOT_FOUND = { __type: "ResourceNotFoundException" };

describe("saved queries", () => {
  test("are described as they were put, in JSON that SDKs read", async () => {
    const door = new Door();
    const queryDefinitionId = await door.put(QUERY);
    expect(queryDefinitionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await door.described()).toEqual([
      { ...QUERY, queryDefinitionId, lastModified: expect.any(Number) as number },
    ]);

    const response = await door.call(logs("DescribeQueryDefinitions", {}));
    expect(response).toMatchObject({ status: 200, headers: { "content-type": "application/x-amz-json-1.1" } });
  });

  test("are changed where their id is given, and not doubled", async () => {
    const door = new Door();
    const queryDefinitionId = await door.put(QUERY);
    expect(await door.put({ ...QUERY, name: "renamed", queryDefinitionId })).toBe(queryDefinitionId);
    expect(await door.names()).toEqual(["renamed"]);
  });

  test("may have one name twice, and an id each", async () => {
    const door = new Door();
    expect(await door.put(QUERY)).not.toBe(await door.put(QUERY));
    expect(await door.names()).toEqual([QUERY.name, QUERY.name]);
  });

  test.each([
    ["trailwatch/a", ["trailwatch/a/b"]],
    ["trailwatch/", ["trailwatch/a/b", "trailwatch/c"]],
    ["a/b", []],
  ])("are found by the beginning of their name: %s", async (queryDefinitionNamePrefix, names) => {
    const door = new Door();
    await door.put(QUERY);
    await door.put({ ...QUERY, name: "trailwatch/c" });
    expect(await door.names({ queryDefinitionNamePrefix })).toEqual(names);
  });

  test("are gone once they are deleted", async () => {
    const door = new Door();
    const queryDefinitionId = await door.put(QUERY);
    const response = await door.call(logs("DeleteQueryDefinition", { queryDefinitionId }));
    expect(JSON.parse(response.body.toString())).toEqual({ success: true });
    expect(await door.names()).toEqual([]);
  });

  test.each([
    ["DeleteQueryDefinition", { queryDefinitionId: "unknown" }],
    ["DeleteQueryDefinition", {}],
    ["PutQueryDefinition", { ...QUERY, queryDefinitionId: "unknown" }],
    ["PutQueryDefinition", { ...QUERY, queryDefinitionId: 1 }],
  ])("that are not there are not found: %s %j", async (operation, input) => {
    const door = new Door();
    const response = await door.call(logs(operation, input));
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body.toString())).toMatchObject(NOT_FOUND);
    expect(await door.names()).toEqual([]);
  });

  test.each([
    ["account", ["AKIATWO", HOME]],
    ["region", ["AKIAONE", "us-east-1"]],
  ])("stay in their %s: neither seen nor deleted from elsewhere", async (_what, elsewhere) => {
    const door = new Door();
    const queryDefinitionId = await door.put(QUERY);
    expect(await door.names({}, ...elsewhere)).toEqual([]);
    const response = await door.call(logs("DeleteQueryDefinition", { queryDefinitionId }, ...elsewhere));
    expect(response.status).toBe(400);
    expect(await door.names()).toEqual([QUERY.name]);
  });

  test("never reach moto, which would not know them", async () => {
    const door = new Door();
    await door.put(QUERY);
    await door.names();
    expect(door.moto.sent.map(({ body }) => body.toString())).toEqual(["Action=GetCallerIdentity&Version=2011-06-15"]);
  });
});

describe("whose credentials a call has", () => {
  test("is queried from moto, as STS", async () => {
    const moto = new Moto();
    const request = logs("DescribeQueryDefinitions", {}, "AKIATWO");
    expect(await new CallerAccounts().accountOf(request, moto.send)).toBe("222222222222");
    expect(moto.sent).toHaveLength(1);
    expect(moto.sent[0]).toMatchObject({ method: "POST", url: "/" });
    expect(moto.sent[0]?.headers.authorization).toContain(`/${HOME}/sts/aws4_request`);
  });

  test("is queried once for each key, also for concurrent calls", async () => {
    const moto = new Moto();
    const callers = new CallerAccounts();
    const keys = ["AKIAONE", "AKIATWO", "AKIAONE", "AKIATWO"];
    const accounts = await Promise.all(keys.map((key) => callers.accountOf(logs("X", {}, key), moto.send)));
    expect(accounts).toEqual(["111111111111", "222222222222", "111111111111", "222222222222"]);
    expect(moto.sent).toHaveLength(2);
  });

  test("is an error if unknown, not another account", async () => {
    const callers = new CallerAccounts();
    await expect(callers.accountOf(logs("X", {}, "AKIAUNKNOWN"), new Moto().send)).rejects.toThrow(
      "sandbox: moto did not return the account of the caller's credentials",
    );
  });

  test("is queried again if moto did not answer the first time", async () => {
    const callers = new CallerAccounts();
    const request = logs("X", {});
    await expect(callers.accountOf(request, () => Promise.reject(new Error("not up yet")))).rejects.toThrow("not up");
    expect(await callers.accountOf(request, new Moto().send)).toBe("111111111111");
  });
});
