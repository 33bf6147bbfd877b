import { locateState } from "../../../delivery/bootstrap/state-location";
import { testOrganization, type OrganizationChanges } from "../../support/organization";
import { startFakeAws, type FakeAws } from "./fake-aws";

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(() => aws.close());

const S3 = { backend: "s3", account: "log-archive", bucket: "example-state" } as const;

function locate(changes: OrganizationChanges = {}) {
  const organization = testOrganization({ localAws: true, state: S3, ...changes });
  const env = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: "CALLER", AWS_SECRET_ACCESS_KEY: "secret" };
  return locateState({ organization, state: { ...S3, ...organization.state } as typeof S3, key: "a/state", env });
}

test.each([
  [[], "no bucket"],
  [["/example-state"], "no state"],
  [["/example-state", "/example-state/other"], "no state"],
  [["/example-state", "/example-state/a/state"], "state"],
])("where there is %j, there is %s", async (paths, location) => {
  for (const path of paths) aws.paths.add(path);
  await expect(locate()).resolves.toBe(location);
});

test("S3 is called with the role that the backend assumes", async () => {
  await locate();
  expect(aws.assumed).toEqual(["arn:aws:iam::222222222222:role/OrganizationAccountAccessRole"]);
  expect(aws.requests).toEqual(["HEAD /example-state ASSUMED"]);
});

test("S3 is called by the caller where the backend assumes no role", async () => {
  await locate({ state: { ...S3, account: "management" } });
  expect(aws.assumed).toEqual([]);
  expect(aws.requests).toEqual(["HEAD /example-state CALLER"]);
});

test.each([
  [403, "403: the name is taken by another account, or the role or the bucket's policy does not allow it."],
  [400, "got 'HTTP 400'"],
])("an answer of %i is neither there nor not there, and says why", async (status, message) => {
  aws.status = status;
  await expect(locate()).rejects.toThrow(
    `must let the deployment role read bucket 'example-state', got 'HTTP ${status}'`,
  );
  await expect(locate()).rejects.toThrow(message);
});

test("credentials that are refused are an error that says what was asked for", async () => {
  aws.deniesRoles = true;
  await expect(locate()).rejects.toThrow(
    "S3 was not asked for bucket 'example-state': access is denied (AccessDenied: not authorized to perform: sts:AssumeRole)",
  );
});
