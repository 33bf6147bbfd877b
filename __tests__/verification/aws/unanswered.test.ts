import { isNotThere, unanswered } from "../../../verification/aws/unanswered";

function named(name: string, message = "", httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

test.each([
  named("TrailNotFoundException"),
  named("ResourceNotFoundException"),
  named("NoSuchBucket"),
  named("Unknown", "", 404),
])("'%s' means that the resource does not exist", (error) => {
  expect(isNotThere(error)).toBe(true);
});

test.each([named("AccessDenied"), named("ThrottlingException"), new Error("socket hang up"), "text"])(
  "'%s' does not",
  (error) => {
    expect(isNotThere(error)).toBe(false);
  },
);

test.each(["AccessDeniedException", "AuthorizationErrorException", "UnauthorizedOperation"])(
  "%s names the action that is missing",
  (name) => {
    expect(unanswered("sns:GetTopicAttributes", named(name)).missingAction).toBe("sns:GetTopicAttributes");
  },
);

test("if AWS names another action than the call's, that action is missing", () => {
  const message = "User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: kms:Decrypt on resource: key";
  expect(unanswered("secretsmanager:GetSecretValue", named("AccessDenied", message)).missingAction).toBe("kms:Decrypt");
});

test("a bucket's 403 without an error name is a refusal", () => {
  expect(unanswered("s3:ListBucket", named("Unknown", "", 403)).missingAction).toBe("s3:ListBucket");
});

test("throttling and a broken connection name no missing action", () => {
  expect(unanswered("a:B", named("ThrottlingException"))).toMatchObject({
    missingAction: undefined,
    message: expect.stringContaining("a:B was not answered: AWS throttles") as string,
  });
  expect(unanswered("a:B", new Error("socket hang up"))).toMatchObject({
    missingAction: undefined,
    message: "a:B was not answered: socket hang up",
  });
});
