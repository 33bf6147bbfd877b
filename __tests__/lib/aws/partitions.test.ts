import {
  ANY_ARN,
  arn,
  bucketArn,
  consoleAddress,
  globalRegions,
  partitionOf,
  partitionRegions,
  PARTITIONS,
  regionalService,
  REGIONS,
  roleArn,
} from "../../../lib/aws/partitions";

describe("partitions", () => {
  test("know each region once, and the partition of each from its name alone", () => {
    expect(new Set(REGIONS).size).toBe(REGIONS.length);
    for (const [id, { regions }] of Object.entries(PARTITIONS)) {
      expect(regions.filter((region) => partitionOf(region) !== id)).toEqual([]);
    }
    expect(partitionOf("us-gov-north-9")).toBe("aws-us-gov");
    expect(partitionOf("cn-south-9")).toBe("aws-cn");
    expect(partitionOf("us-west-9")).toBe("aws");
  });

  test.each([
    ["eu-west-1", "aws", "us-east-1", "logs.eu-west-1.amazonaws.com", "https://eu-west-1.console.aws.amazon.com"],
    [
      "us-gov-east-1",
      "aws-us-gov",
      "us-gov-west-1",
      "logs.us-gov-east-1.amazonaws.com",
      "https://us-gov-east-1.console.amazonaws-us-gov.com",
    ],
    [
      "cn-north-1",
      "aws-cn",
      "cn-northwest-1",
      "logs.cn-north-1.amazonaws.com.cn",
      "https://cn-north-1.console.amazonaws.cn",
    ],
  ])("write names as AWS does in %s", (region, partition, global, ...hosts) => {
    expect(arn(region, "sns", "111122223333", "alerts")).toBe(`arn:${partition}:sns:${region}:111122223333:alerts`);
    expect(roleArn(region, "111122223333", "path/deploy")).toBe(`arn:${partition}:iam::111122223333:role/path/deploy`);
    expect(bucketArn(region, "archive/*")).toBe(`arn:${partition}:s3:::archive/*`);
    expect(globalRegions(region)[0]).toBe(global);
    expect(partitionRegions(region)).toContain(global);
    expect([regionalService(region, "logs"), consoleAddress(region)]).toEqual(hosts);
    expect(bucketArn(region, "archive")).toMatch(new RegExp(`^${ANY_ARN}:`));
  });
});
