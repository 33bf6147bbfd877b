import {
  POLICY_LIMITS,
  denyInsecureTransport,
  denyOutsideOrganization,
  policyJson,
  type PolicyKind,
} from "../../modules/policy-document";

const statement = (sid: string) => ({ Sid: sid, Effect: "Allow", Action: "s3:GetObject" }) as const;

/** A statement that makes the whole policy just so many bytes long. */
const filling = (bytes: number) => [statement("x".repeat(bytes - policyJson("bucket", [statement("")]).length))];

test("a policy is JSON in IAM's current version", () => {
  expect(policyJson("bucket", [statement("Read")])).toBe(
    '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject"}]}',
  );
});

test("the limits are AWS's", () => {
  expect(POLICY_LIMITS).toEqual({
    bucket: 20_480,
    key: 32_768,
    topic: 30_720,
    logs: 5_120,
    secret: 20_480,
    queue: 8_192,
    bus: 10_240,
    role: 10_240,
    managed: 6_144,
    trust: 2_048,
  });
});

describe.each(Object.entries(POLICY_LIMITS) as [PolicyKind, number][])("a %s policy", (kind, limit) => {
  test(`may have ${limit} bytes`, () => {
    expect(policyJson(kind, filling(limit))).toHaveLength(limit);
  });

  test("may not have one byte more", () => {
    expect(() => policyJson(kind, filling(limit + 1))).toThrow(
      `'${kind} policy' must be at most ${limit} bytes, got '${limit + 1}'`,
    );
  });
});

test("the limit counts bytes, not characters", () => {
  expect(() => policyJson("trust", [statement("é".repeat(1_500))])).toThrow("at most 2048 bytes");
});

test("requests without TLS, or with TLS before 1.2, are denied on the bucket and its objects", () => {
  expect(denyInsecureTransport("arn:aws:s3:::logs")).toEqual([
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyOutdatedTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  ]);
});

test("principals outside the organization are denied, except AWS's own services", () => {
  expect(denyOutsideOrganization("o-exampleorgid", { actions: ["s3:*"], resources: ["*"] })).toEqual({
    Sid: "DenyOutsideOrganization",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: ["*"],
    Condition: {
      StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  });
});
