import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { readOrganization } from "../../inventory/read-organization";

type Answer = Record<string, unknown>;

/** Answers of AWS, page by page, by operation and, where the request has one, parent or account. */
const ANSWERS: Record<string, readonly Answer[]> = {
  DescribeOrganization: [{ Organization: { Id: "o-exampleorgid", MasterAccountId: "1" } }],
  ListAccounts: [
    { Accounts: [{ Id: "3", Name: "Three", State: "ACTIVE" }] },
    // AWS may well send an empty page in the middle.
    { Accounts: [] },
    {
      Accounts: [
        { Id: "1", Name: "One", Status: "ACTIVE" },
        { Id: "4", Name: "Four", State: "CLOSED", Status: "SUSPENDED" },
      ],
    },
    { Accounts: [{ Id: "2", Name: "Two", State: "ACTIVE" }] },
  ],
  ListRoots: [{ Roots: [{ Id: "r-1" }] }],
  "ListAccountsForParent r-1": [{ Accounts: [{ Id: "1" }] }],
  "ListOrganizationalUnitsForParent r-1": [
    { OrganizationalUnits: [{ Id: "ou-a", Name: "A" }] },
    { OrganizationalUnits: [{ Id: "ou-b", Name: "B/C" }] },
  ],
  "ListAccountsForParent ou-a": [{ Accounts: [] }],
  "ListOrganizationalUnitsForParent ou-a": [{ OrganizationalUnits: [{ Id: "ou-d", Name: "D" }] }],
  "ListAccountsForParent ou-b": [{ Accounts: [{ Id: "3" }] }],
  "ListAccountsForParent ou-d": [{ Accounts: [] }, { Accounts: [{ Id: "2" }] }],
  "ListTagsForResource 2": [{ Tags: [{ Key: "x", Value: "1" }] }, { Tags: [{ Key: "y", Value: "2" }] }],
  "ListTagsForResource 3": [{ Tags: [{ Key: "Y", Value: "2" }] }],
};

/** A client whose answers come from a table, and its calls. */
function client(changes: Record<string, readonly Answer[] | string> = {}) {
  const answers: Record<string, readonly Answer[] | string | undefined> = { ...ANSWERS, ...changes };
  const calls: string[] = [];
  const handle = (request: { headers: Record<string, string>; body: string | Uint8Array }) => {
    const operation = (request.headers["x-amz-target"] ?? "").replace(/^.*\./, "");
    const {
      ParentId,
      ResourceId,
      NextToken = "0",
    } = JSON.parse(textOf(request.body)) as Record<string, string | undefined>;
    const key = [operation, ParentId ?? ResourceId ?? ""].join(" ").trim();
    calls.push(key);
    const pages = answers[key] ?? [{}];
    const index = Number(NextToken);
    const body: Answer =
      typeof pages === "string"
        ? { __type: pages, message: "no" }
        : { ...pages[index], ...(index + 1 < pages.length ? { NextToken: String(index + 1) } : {}) };
    const response = {
      statusCode: typeof pages === "string" ? 400 : 200,
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
    };
    return Promise.resolve({ response });
  };
  const organizations = new OrganizationsClient({
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    requestHandler: { handle } as never,
    streamCollector: (stream: unknown) => Promise.resolve(stream as Uint8Array),
  });
  return { organizations, calls };
}

/** The SDK sends bytes, or text. */
function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}

test("reads every page, every level, and the requested tags", async () => {
  const { organizations } = client();
  expect(await readOrganization(organizations, { tagKeys: ["y"] })).toEqual({
    id: "o-exampleorgid",
    managementAccountId: "1",
    accounts: [
      { id: "1", name: "One", state: "ACTIVE", organizationalUnit: undefined, tags: {} },
      { id: "2", name: "Two", state: "ACTIVE", organizationalUnit: "A/D", tags: { y: "2" } },
      { id: "3", name: "Three", state: "ACTIVE", organizationalUnit: "B%2FC", tags: {} },
      { id: "4", name: "Four", state: "CLOSED", organizationalUnit: undefined, tags: {} },
    ],
  });
});

test("reads no tags when no rule uses them, and reports progress", async () => {
  const { organizations, calls } = client();
  const onProgress = jest.fn();
  await readOrganization(organizations, { tagKeys: [], onProgress });
  expect(calls.filter((call) => call.startsWith("ListTags"))).toEqual([]);
  expect(onProgress).toHaveBeenLastCalledWith({ accounts: 4, organizationalUnits: 4, tagged: 3 });
});

test("an account that was moved while it was read is no account of the root", async () => {
  const { organizations } = client({ "ListAccountsForParent ou-d": [{ Accounts: [] }] });
  await expect(readOrganization(organizations, { tagKeys: [] })).rejects.toThrow(
    "account 2 was moved while it was read; run the command again",
  );
});

test.each([
  [
    "DescribeOrganization",
    "AWSOrganizationsNotInUseException",
    /^these .* are of an account that is in no organization \(/,
  ],
  ["ListAccounts", "AccessDeniedException", /^access is denied \(.*\); use credentials of the management account/],
  ["ListRoots", "ExpiredTokenException", /^the AWS credentials have expired \(.*\); sign in again/],
  ["ListTagsForResource 3", "TooManyRequestsException", /^AWS throttles .* \(.*\); all callers .* share one quota/],
])("says what to do when %s fails with %s", async (call, type, text) => {
  const { organizations } = client({ [call]: type });
  const [operation = ""] = call.split(" ");
  const error = await readOrganization(organizations, { tagKeys: ["y"] }).catch((reason: unknown) => reason as Error);
  const { message } = error as Error;
  expect(message).toContain(`(${type}: no)`);
  expect(message.replace(`organizations:${operation} failed: `, "")).toMatch(text);
});
