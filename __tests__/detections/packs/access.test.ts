import { conditionsFor, type TunedDetection } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, consoleSignIn, deniedCall, root } from "../../../detections/example-record";
import { access } from "../../../detections/packs/access";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const detections = access.detections.filter((detection): detection is TunedDetection => "condition" in detection);
const evaluators = new Map(
  detections.map((detection) => [detection, conditionsFor(detection, EXAMPLE_ACCOUNT).map(predicate)]),
);

test("every detection of the pack is tuned", () => {
  expect(detections).toHaveLength(access.detections.length);
});

const HOME = `arn:aws:organizations::${EXAMPLE_ACCOUNT.managementAccount}:organization/${EXAMPLE_ACCOUNT.organizationId}`;
const PUBLIC_POLICIES_ONLY = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
const ACLS_ONLY = { BlockPublicAcls: false, IgnorePublicAcls: false };
const blockedBut = (changes: object) => ({
  requestParameters: {
    PublicAccessBlockConfiguration: {
      ...{ BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
      ...changes,
    },
  },
});

describe("detections that match", () => {
  test.each<[string, CloudTrailRecord, string[]]>([
    ["a root session in a member account", rootSession("DeleteBucketPolicy"), ["root-use"]],
    ["root without a second factor", rootSignIn({ MFAUsed: "No" }), ["root-use", "console-sign-in-without-mfa"]],
    ["root with one, in the capitals of AWS's page", rootSignIn({ MFAUsed: "YES" }), ["root-use"]],
    [
      "a key for root",
      apiCall("iam", "CreateAccessKey", { userIdentity: root() }),
      ["root-use", "long-lived-credential-created"],
    ],
    ["root by AWS Internal", apiCall("kms", "Decrypt", { userIdentity: { ...root(), invokedBy: "AWS Internal" } }), []],
    ["a sign-in that a policy refused", refusedSignIn(), ["repeated-sign-in-failures", "denied-call-burst"]],
    [
      "an administrator made",
      apiCall("iam", "AttachRolePolicy", {
        requestParameters: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      }),
      ["administrator-access-granted", "iam-policy-changed"],
    ],
    ["a refused change", deniedCall("iam", "AttachRolePolicy"), ["denied-call-burst"]],
    ["an empty block of public access", put({ PublicAccessBlockConfiguration: "" }), ["public-access-block-removed"]],
    [
      "a block without policies",
      apiCall("s3", "PutBucketPublicAccessBlock", blockedBut(PUBLIC_POLICIES_ONLY)),
      ["public-access-block-removed"],
    ],
    [
      "a block without ACLs",
      apiCall("s3", "PutAccountPublicAccessBlock", blockedBut(ACLS_ONLY)),
      ["public-access-block-removed"],
    ],
    [
      "an image shared with everyone after the organization",
      sharedImage({ organizationArn: HOME }, { group: "all" }),
      ["image-or-snapshot-shared"],
    ],
    ["an image shared with the organization", sharedImage({ organizationArn: HOME }), []],
    [
      "an image shared with another organization after the own one",
      sharedImage({ organizationArn: HOME }, { organizationArn: "arn:aws:organizations::1:organization/o-foreign" }),
      ["image-or-snapshot-shared"],
    ],
    [
      "an image shared with an account after the organization",
      sharedImage({ organizationArn: HOME }, { userId: "999900001111" }),
      ["image-or-snapshot-shared"],
    ],
    ["an organization left, which is for pack guard", apiCall("organizations", "LeaveOrganization"), []],
  ])("%s", (_what, record, ids) => {
    expect(detections.filter((detection) => timesMet(detection, record) > 0).map(({ id }) => id)).toEqual(ids);
  });

  test("a public access block that lacks both is one event", () => {
    const [detection] = detections.filter(({ id }) => id === "public-access-block-removed");
    const record = apiCall("s3", "PutBucketPublicAccessBlock", blockedBut({ ...PUBLIC_POLICIES_ONLY, ...ACLS_ONLY }));
    expect(detection && timesMet(detection, record)).toBe(1);
  });
});

function timesMet(detection: TunedDetection, record: CloudTrailRecord): number {
  return (evaluators.get(detection) ?? []).filter((holds) => holds(record)).length;
}

function rootSession(operation: string): CloudTrailRecord {
  // As IAM's page on privileged tasks shows it: root with temporary credentials, and no other sign.
  return apiCall("s3", operation, {
    userIdentity: { ...root(), accessKeyId: "ASIAEXAMPLEKEY000000", sessionContext: {} },
  });
}

function rootSignIn(additionalEventData: object): CloudTrailRecord {
  return consoleSignIn({ userIdentity: root(), additionalEventData });
}

function refusedSignIn(): CloudTrailRecord {
  return consoleSignIn({ errorCode: "AccessDenied", responseElements: { ConsoleLogin: "Failure" } });
}

function put(requestParameters: object): CloudTrailRecord {
  return apiCall("s3", "PutBucketPublicAccessBlock", { requestParameters });
}

function sharedImage(...items: readonly object[]): CloudTrailRecord {
  return apiCall("ec2", "ModifyImageAttribute", { requestParameters: { launchPermission: { add: { items } } } });
}
