import { failureIn } from "../../delivery/failure";

const log = (error: string): string => `\n$ terraform apply\n╷\n│ Error: ${error}\n│ \n│   with aws_x.y,\n╵\n`;
const reasonOf = (error: string): string => failureIn(log(error), "monitoring-payments", "folder", "terraform").reason;

test("a quota that is reached is named, with what to do and with what AWS answered", () => {
  const reason = reasonOf(
    "creating CloudTrail Trail (trailwatch-account): operation error CloudTrail: CreateTrail, https response error\n" +
      "│ StatusCode: 400, RequestID: 1, MaximumNumberOfTrailsExceededException: User: 1 already has 5 trails in eu-west-1.",
  );
  expect(reason).toMatch(
    /^AWS allows 5 trails, .*delete one that is not needed .*AWS answered: creating CloudTrail Trail/,
  );
  expect(reason.length).toBeLessThanOrEqual(600);
});

test("another error stays as it is", () => {
  expect(reasonOf("operation error CloudTrail: CreateTrail, InsufficientS3BucketPolicyException: no")).toBe(
    "operation error CloudTrail: CreateTrail, InsufficientS3BucketPolicyException: no with aws_x.y,",
  );
});
