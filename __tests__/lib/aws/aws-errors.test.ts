import { awsErrorName, commonError, explainAwsError, knownError } from "../../../lib/aws/aws-errors";

function named(name: string, message = "no", httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

test.each([
  ["CredentialsProviderError", "noCredentials"],
  ["ExpiredTokenException", "expired"],
  ["InvalidClientTokenId", "unknownCredentials"],
  ["AccessDeniedException", "denied"],
  ["ThrottlingException", "throttled"],
  ["ValidationException", undefined],
])("%s is one of the common errors: %s", (name, common) => {
  expect(commonError(named(name))).toBe(common);
});

test("the status stands in for a missing name, and does not override a name", () => {
  expect(awsErrorName(named("Unknown", "", 404))).toBe("NotFound");
  expect(commonError(named("403", "", 403))).toBe("denied");
  expect(commonError(named("ExpiredToken", "", 403))).toBe("expired");
});

test("an error is explained by cause, report and remedy", () => {
  expect(explainAwsError(named("ExpiredToken", "it is\n over"))).toBe(
    "the AWS credentials have expired (ExpiredToken: it is over); sign in again",
  );
  expect(explainAwsError(new Error("socket hang up"))).toBe("socket hang up");
});

test("a service replaces remedies and adds errors", () => {
  const service = { remedies: { denied: "get access" }, further: [{ names: /^NoSuchKey$/, cause: "not there" }] };
  expect(explainAwsError(named("AccessDenied"), service)).toBe("access is denied (AccessDenied: no); get access");
  expect(knownError(named("NoSuchKey"), service)).toMatchObject({ cause: "not there" });
  expect(knownError(named("NoSuchKey"))).toBeUndefined();
});
