import { conditionsFor, type Detection, type TunedDetection, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall, assumedRole, iamUser, root, serviceLinkedRole } from "../../../detections/example-record";
import { access } from "../../../detections/packs/access";
import { identity } from "../../../detections/packs/identity";
import { roleCreatedForOutsider } from "../../../detections/packs/identity/role-created-for-outsider";
import { filterPatterns } from "../../../detections/filter-pattern";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";

const detections = [...access.detections, ...identity.detections].filter(
  (detection): detection is TunedDetection => "condition" in detection,
);

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const STACK_SETS = serviceLinkedRole(
  "member.org.stacksets.cloudformation",
  "AWSServiceRoleForCloudFormationStackSetsOrgMember",
);
/** A customer's role whose path contains that of service-linked roles. */
const LOOKALIKE = {
  ...assumedRole("AWSServiceRoleForSSO"),
  sessionContext: {
    sessionIssuer: {
      arn: "arn:aws:iam::111122223333:role/a:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO",
      userName: "AWSServiceRoleForSSO",
    },
  },
};

describe("detections of packs access and identity that match", () => {
  test.each<[string, CloudTrailRecord, string[]]>([
    [
      "Identity Center maintains its provider",
      apiCall("iam", "UpdateSAMLProvider", { userIdentity: serviceLinkedRole("sso", "AWSServiceRoleForSSO") }),
      [],
    ],
    [
      "a role of the same name does",
      apiCall("iam", "UpdateSAMLProvider", { userIdentity: LOOKALIKE }),
      ["iam-trust-changed"],
    ],
    [
      "stack sets get their role",
      apiCall("iam", "AttachRolePolicy", { userIdentity: STACK_SETS, requestParameters: { policyArn: ADMINISTRATOR } }),
      ["iam-policy-changed"],
    ],
    [
      "stack sets get their role, by CloudFormation in a user's name",
      apiCall("iam", "AttachRolePolicy", {
        userIdentity: { ...assumedRole("Developer"), invokedBy: "cloudformation.amazonaws.com" },
        requestParameters: { policyArn: ADMINISTRATOR },
      }),
      ["administrator-access-granted", "iam-policy-changed"],
    ],
    [
      "an administrator's reset of a password",
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob", passwordResetRequired: true } }),
      ["user-or-second-factor-added"],
    ],
    [
      "a password set for another user",
      apiCall("iam", "UpdateLoginProfile", { requestParameters: { userName: "bob", passwordResetRequired: false } }),
      ["long-lived-credential-created"],
    ],
    ["one's own password", apiCall("iam", "ChangePassword", { userIdentity: iamUser("alice") }), []],
    [
      "one's own key, with null for parameters",
      apiCall("iam", "CreateAccessKey", { userIdentity: iamUser("alice"), requestParameters: null }),
      ["user-or-second-factor-added"],
    ],
    [
      "a key for a named user",
      apiCall("iam", "CreateAccessKey", { userIdentity: iamUser("alice"), requestParameters: { userName: "bob" } }),
      ["long-lived-credential-created"],
    ],
    ["a key by a role that names no user", apiCall("iam", "CreateAccessKey"), ["long-lived-credential-created"]],
    [
      "AWS's verdict",
      apiCall("iam", "AttachUserPolicy", {
        userIdentity: { ...root(), invokedBy: "AWS Internal" },
        requestParameters: { userName: "ci", policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2" },
      }),
      ["iam-policy-changed", "leaked-key-quarantined"],
    ],
    [
      "the e-mail address of a member's root user",
      apiCall("account", "AcceptPrimaryEmailUpdate", { requestParameters: { accountId: "444455556666" } }),
      ["root-use"],
    ],
  ])("%s", (_what, record, ids) => {
    expect(detections.filter((detection) => isMet(detection, record)).map(({ id }) => id)).toEqual(ids);
  });
});

describe("a role created with trust in", () => {
  const OWN = "arn:aws:iam::111122223333";
  test.each<[string, string | object, boolean]>([
    ["another account", { AWS: "arn:aws:iam::999900001111:root" }, true],
    ["another account's role session", { AWS: "arn:aws:sts::999900001111:assumed-role/a/b" }, true],
    ["another account's bare id", { AWS: "999900001111" }, true],
    ["an account whose id differs in the last digit", { AWS: "arn:aws:iam::111122223334:user/x" }, true],
    ["the own account and another", { AWS: [`${OWN}:root`, "arn:aws:iam::211122223333:root"] }, true],
    ["everybody, as a text", "*", true],
    ["everybody, in a list", { AWS: ["*"] }, true],
    ["a user pool of Google", { Federated: "accounts.google.com" }, true],
    ["a SAML provider", { Federated: `${OWN}:saml-provider/Okta` }, true],
    ["the own account", { AWS: [`${OWN}:root`, `${OWN}:role/111122223333-deploy`] }, false],
    ["the own account's bare id", { AWS: "111122223333" }, false],
    ["services", { Service: ["ec2.amazonaws.com", "edgelambda.amazonaws.com"] }, false],
    ["an identity pool", { Federated: "cognito-identity.amazonaws.com" }, false],
    [
      "a cluster whose id begins with twelve digits",
      { Federated: `${OWN}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789012ABCDEF0123456789ABC` },
      false,
    ],
  ])("%s", (_what, principal, expected) => {
    for (const blanks of [undefined, 1, 4]) {
      const document = JSON.stringify({ Statement: { Effect: "Allow", Principal: principal } }, null, blanks);
      expect([blanks, isMet(roleCreatedForOutsider, created(document))]).toEqual([blanks, expected]);
    }
  });

  test("another account whose digits are written as escapes", () => {
    const document = '{"Statement":{"Principal":{"AWS":"arn:aws:iam::\\u0039\\u003999\\u00300001111:root"}}}';
    expect(isMet(roleCreatedForOutsider, created(document))).toBe(true);
  });

  test.each(["000000000000", "999999999999", "123456789012", "098765432109", "222222222222", "555555555555"])(
    "any other account than %s, within one filter with room for an ignore",
    (id) => {
      const account = { ...EXAMPLE_ACCOUNT, id };
      const filters = patterns(roleCreatedForOutsider, account);
      const isMetHere = meets(roleCreatedForOutsider, account);
      const wrong: string[] = [];
      for (let index = 0; index < id.length; index++) {
        for (const digit of "0123456789") {
          const other = id.slice(0, index) + digit + id.slice(index + 1);
          const met = isMetHere(created(`{"Principal":{"AWS":"${other}"}}`));
          if (met !== (other !== id)) wrong.push(other);
        }
      }
      expect(wrong).toEqual([]);
      expect(filters).toHaveLength(1);
      expect(filters.filter(({ length }) => length > 1024 - 200)).toEqual([]);
    },
  );
});

function created(assumeRolePolicyDocument: string): CloudTrailRecord {
  return apiCall("iam", "CreateRole", { requestParameters: { roleName: "support", assumeRolePolicyDocument } });
}

function patterns(detection: Detection, account: WatchedAccount): string[] {
  if (!("condition" in detection)) return [];
  return conditionsFor(detection, account).flatMap((condition) => filterPatterns(condition, "$.detail"));
}

function meets(detection: Detection, account: WatchedAccount): (record: CloudTrailRecord) => boolean {
  if (!("condition" in detection)) return () => false;
  const conditions = conditionsFor(detection, account).map((condition) => predicate(condition));
  return (record) => conditions.some((holds) => holds(record));
}

function isMet(detection: Detection, record: CloudTrailRecord): boolean {
  return meets(detection, EXAMPLE_ACCOUNT)(record);
}
