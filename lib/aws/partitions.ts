/** What an AWS partition may lack of what Trailwatch can use; the key is the setting that needs it. */
export type Feature = "alertHub.chat" | "alertHub.webhooks";

interface Partition {
  /** As people call it. */
  readonly title: string;
  readonly regions: readonly string[];
  /** How names of its regions begin, also of regions that are not in the table yet; the standard partition has all others. */
  readonly regionPrefix: string;
  /**
   * Where global services record their events: all of them in the first one, but IAM in China in the second one.
   * Source: the endpoint rules of the AWS SDK's clients for Organizations, IAM and STS.
   */
  readonly globalRegions: readonly [string, ...string[]];
  /** Domain of the API's endpoints, in queue addresses and in the names of services that have one by region. */
  readonly dnsSuffix: string;
  /** `<region>.<it>` is the console's host. */
  readonly consoleDomain: string;
  /** Features that it lacks, with the AWS service that is missing. */
  readonly missing: Partial<Readonly<Record<Feature, string>>>;
}

/** Source: Amazon Q Developer in chat applications Administrator Guide, "Regions and quotas", read 2026-11. */
const NO_CHAT = "Amazon Q Developer in chat applications";

/**
 * All that differs by partition; everything else is the same in each.
 * Source of regions, global regions and domains: the partition table of the AWS SDK, read 2026-11. Of the consoles:
 * AWS General Reference, "AWS Management Console endpoints"; AWS GovCloud (US) User Guide; Amazon Web Services in China.
 */
export const PARTITIONS = {
  aws: {
    title: "the standard AWS partition",
    regions: [
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-south-2",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
      "ap-southeast-6",
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
      "mx-central-1",
      "sa-east-1",
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
    ],
    regionPrefix: "",
    globalRegions: ["us-east-1"],
    dnsSuffix: "amazonaws.com",
    consoleDomain: "console.aws.amazon.com",
    missing: {},
  },
  "aws-us-gov": {
    title: "AWS GovCloud (US)",
    regions: ["us-gov-east-1", "us-gov-west-1"],
    regionPrefix: "us-gov-",
    globalRegions: ["us-gov-west-1"],
    dnsSuffix: "amazonaws.com",
    consoleDomain: "console.amazonaws-us-gov.com",
    // Source of webhooks: AWS GovCloud (US) User Guide, "How Amazon EventBridge differs".
    missing: { "alertHub.chat": NO_CHAT, "alertHub.webhooks": "API destinations of Amazon EventBridge" },
  },
  "aws-cn": {
    title: "Amazon Web Services in China",
    regions: ["cn-north-1", "cn-northwest-1"],
    regionPrefix: "cn-",
    globalRegions: ["cn-northwest-1", "cn-north-1"],
    dnsSuffix: "amazonaws.com.cn",
    consoleDomain: "console.amazonaws.cn",
    missing: { "alertHub.chat": NO_CHAT },
  },
} as const satisfies Record<string, Partition>;

/** As in ARNs: `arn:<it>:`. */
export type PartitionId = keyof typeof PARTITIONS;

export type Region = (typeof PARTITIONS)[PartitionId]["regions"][number];

/** The regions of all partitions. */
export const REGIONS: readonly Region[] = Object.values(PARTITIONS).flatMap(({ regions }) => regions);

/** The partitions in a line of text. */
export const PARTITION_TITLES = Object.values(PARTITIONS)
  .map(({ title }) => title)
  .join(", ")
  .replace(/, ([^,]*)$/, " or $1");

/** How an ARN of any partition begins, as part of a regular expression. */
export const ANY_ARN = "arn:aws[a-z-]*";

/** The partition that a region is in. */
export function partitionOf(region: string): PartitionId {
  const others: readonly PartitionId[] = ["aws-us-gov", "aws-cn"];
  return others.find((id) => region.startsWith(PARTITIONS[id].regionPrefix)) ?? "aws";
}

/** All regions of the partition that a region is in. */
export function partitionRegions(region: string): readonly Region[] {
  return PARTITIONS[partitionOf(region)].regions;
}

/** The regions of its partition where global services (IAM, Organizations, CloudFront, root sign-in) record their events. */
export function globalRegions(region: string): readonly [Region, ...Region[]] {
  return PARTITIONS[partitionOf(region)].globalRegions;
}

/**
 * Services that record all their events in one region, wherever the caller is, by the names in CloudTrail's event sources.
 * Source: CloudTrail User Guide, "About global service events"; event histories of the others.
 */
export const GLOBAL_SERVICES = ["iam", "organizations", "account", "cloudfront", "route53", "route53domains"] as const;

export type GlobalService = (typeof GLOBAL_SERVICES)[number];

/** Where a global service records its events, in the partition of a region; undefined for services of each region. */
export function globalRegionOf(service: string, region: string): Region | undefined {
  const [first] = globalRegions(region);
  if (!GLOBAL_SERVICES.some((global) => global === service)) return undefined;
  // IAM in China has another one than all else: the last.
  return service === "iam" ? globalRegions(region).at(-1) : first;
}

/**
 * A text about the standard partition, with the global regions of the partition that a region is in.
 *
 * @param omitted global regions that are not watched; where a text lists us-east-1 with others, these are not listed
 */
export function inPartition(text: string, region: string, omitted: readonly string[] = []): string {
  const all = globalRegions(region);
  const watched = all.filter((global) => !omitted.includes(global));
  const listed = watched.length === 0 ? " and $1" : `, $1 and ${watched.join(" and ")}`;
  return text
    .replace(/, (\S+) and us-east-1/g, listed)
    .replaceAll("--region us-east-1", `--region ${all[0]}`)
    .replaceAll("us-east-1", all.join(" and "));
}

/** Which AWS service a feature lacks in the partition of a region. */
export function missingService(region: string, feature: Feature): string | undefined {
  const missing: Partition["missing"] = PARTITIONS[partitionOf(region)].missing;
  return missing[feature];
}

/** How ARNs begin in the partition of a region, such as `arn:aws`. */
export function arnPrefix(region: string): string {
  return `arn:${partitionOf(region)}`;
}

/** The ARN of a resource in a region. */
export function arn(region: string, service: string, account: string, resource: string): string {
  return `${arnPrefix(region)}:${service}:${region}:${account}:${resource}`;
}

/** The ARN of a resource of a global service, such as `role/deploy` of `iam`, in the partition of a region. */
export function globalArn(region: string, service: string, account: string, resource: string): string {
  return `${arnPrefix(region)}:${service}::${account}:${resource}`;
}

/** The ARN of a role in the partition of a region, by its name, or by its path and name. */
export function roleArn(region: string, account: string, role: string): string {
  return globalArn(region, "iam", account, `role/${role.replace(/^\//, "")}`);
}

/** The ARN of a policy of an account in the partition of a region, by its name, or by its path and name. */
export function policyArn(region: string, account: string, policy: string): string {
  return globalArn(region, "iam", account, `policy/${policy.replace(/^\//, "")}`);
}

/** The principal that stands for an account in policies. */
export function rootArn(region: string, account: string): string {
  return globalArn(region, "iam", account, "root");
}

/** The ARN of a bucket, or of objects in it (`<bucket>/<prefix>*`), in the partition of a region. */
export function bucketArn(region: string, bucket: string): string {
  return globalArn(region, "s3", "", bucket);
}

/**
 * The name of a service in a region, such as `s3.eu-west-1.amazonaws.com`: host of its API, value of `kms:ViaService`,
 * and for `logs` its service principal. Other service principals (`sns.amazonaws.com`) are the same in every partition.
 * Source: KMS Developer Guide, "kms:ViaService"; CDK's region-info, "Services with a regional AND partitional principal".
 *
 * @param among the regions that it names: the region, or `*`
 */
export function regionalService(region: string, service: string, among: string = region): string {
  return `${service}.${among}.${PARTITIONS[partitionOf(region)].dnsSuffix}`;
}

/** The address of the console in a region. */
export function consoleAddress(region: string): string {
  return `https://${region}.${PARTITIONS[partitionOf(region)].consoleDomain}`;
}
