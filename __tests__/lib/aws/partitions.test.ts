import {
  ANY_ARN,
  arn,
  bucketArn,
  consoleAddress,
  globalRegionOf,
  globalRegions,
  inPartition,
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
    ["eu-west-1", [], "other than `home`, `further` and us-east-1, in us-east-1: --region us-east-1"],
    ["eu-west-1", ["us-east-1"], "other than `home` and `further`, in us-east-1: --region us-east-1"],
    ["us-gov-east-1", [], "other than `home`, `further` and us-gov-west-1, in us-gov-west-1: --region us-gov-west-1"],
    [
      "cn-north-1",
      ["cn-northwest-1"],
      "other than `home`, `further` and cn-north-1, in cn-northwest-1 and cn-north-1: --region cn-northwest-1",
    ],
  ])("texts name the regions of global services: %s without %j", (region, omitted, expected) => {
    const text = "other than `home`, `further` and us-east-1, in us-east-1: --region us-east-1";
    expect(inPartition(text, region, omitted)).toBe(expected);
  });

  test.each([
    ["iam", "eu-west-1", "us-east-1"],
    ["iam", "us-gov-east-1", "us-gov-west-1"],
    ["iam", "cn-northwest-1", "cn-north-1"],
    ["organizations", "cn-north-1", "cn-northwest-1"],
    ["sns", "eu-west-1", undefined],
  ])("%s called in %s is recorded in %s", (service, region, expected) => {
    expect(globalRegionOf(service, region)).toBe(expected);
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
