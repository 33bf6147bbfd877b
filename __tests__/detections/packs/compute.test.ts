import { conditionsFor } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { apiCall } from "../../../detections/example-record";
import { predicate, type CloudTrailRecord } from "../../../detections/predicate";
import { tunedDetection } from "../../support/detections";

function meets(id: string, record: CloudTrailRecord): boolean {
  return conditionsFor(tunedDetection(id), EXAMPLE_ACCOUNT).some((condition) => predicate(condition)(record));
}

describe("costly instance types", () => {
  const request = (instanceType: string) => apiCall("ec2", "RunInstances", { requestParameters: { instanceType } });

  test.each([
    ...["p2.xlarge", "p3dn.24xlarge", "p4d.24xlarge", "p5.48xlarge", "p6-b200.48xlarge", "g4dn.xlarge", "g6e.xlarge"],
    ...["gr6.4xlarge", "dl1.24xlarge", "trn1.2xlarge", "c5.metal", "c7i.metal-24xl", "c5.18xlarge", "r5.16xlarge"],
    ...["c8g.48xlarge", "u-6tb1.112xlarge", "ml.g5.xlarge"],
  ])("%s", (type) => {
    expect(meets("costly-instance-requested", request(type))).toBe(true);
  });

  test.each([
    ...["t2.micro", "t4g.micro", "m6gd.xlarge", "c7gn.8xlarge", "im4gn.4xlarge", "is4gen.2xlarge", "i4g.large"],
    ...["hpc7g.4xlarge", "x2gd.8xlarge", "r5.12xlarge", "m4.10xlarge", "c5.9xlarge", "a1.xlarge", "ml.t3.medium"],
  ])("but not %s", (type) => {
    expect(meets("costly-instance-requested", request(type))).toBe(false);
  });
});

describe("a grant on a function", () => {
  const grant = (principal: string) =>
    apiCall("lambda", "AddPermission20150331v2", { requestParameters: { functionName: "orders", principal } });

  test.each(["*", "444455556666", "arn:aws:iam::444455556666:root", "arn:aws:sts::444455556666:assumed-role/a/b"])(
    "to outsiders: %s",
    (principal) => {
      expect(meets("function-opened", grant(principal))).toBe(true);
    },
  );

  test.each([
    ...["s3.amazonaws.com", "events.amazonaws.com", "elasticloadbalancing.amazonaws.com"],
    ...["111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/Scheduler"],
  ])("but not at home: %s", (principal) => {
    expect(meets("function-opened", grant(principal))).toBe(false);
  });
});
