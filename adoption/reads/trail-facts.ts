import type { AdvancedEventSelector, EventSelector, Trail } from "@aws-sdk/client-cloudtrail";
import { ADOPT_READS } from "../aws/calls";
import { eventCategoryOf, managementEventsOf } from "../../verification/aws/management-events";
import type { TrailDetails, TrailFacts } from "../facts";
import type { Reading } from "./reading";

/** Reads every trail that a region shows, and the details of those that the account owns. */
export async function readTrailFacts(
  reading: Reading,
  accountId: string,
  region: string,
): Promise<readonly TrailFacts[] | undefined> {
  const answer = await reading.attempt(`trails in ${region}`, () =>
    reading.query(ADOPT_READS.trails, { includeShadowTrails: true }, region),
  );
  if (answer === undefined) return undefined;
  return Promise.all((answer.trailList ?? []).map((trail) => trailFacts(reading, accountId, trail)));
}

async function trailFacts(reading: Reading, accountId: string, trail: Trail): Promise<TrailFacts> {
  const { Name = "", TrailARN = "", HomeRegion = "" } = trail;
  const owner = TrailARN.split(":")[4] ?? "";
  return {
    name: Name,
    arn: TrailARN,
    homeRegion: HomeRegion,
    owner,
    isOrganizationTrail: trail.IsOrganizationTrail === true,
    isMultiRegion: trail.IsMultiRegionTrail === true,
    bucket: trail.S3BucketName ?? "",
    prefix: nonEmpty(trail.S3KeyPrefix),
    keyArn: nonEmpty(trail.KmsKeyId),
    logGroupArn: nonEmpty(trail.CloudWatchLogsLogGroupArn),
    details:
      owner === accountId
        ? await reading.attempt(`trail ${Name} in ${HomeRegion}`, () => details(reading, TrailARN, HomeRegion))
        : undefined,
  };
}

async function details(reading: Reading, arn: string, region: string): Promise<TrailDetails> {
  const [status, selectors, insights] = await Promise.all([
    reading.query(ADOPT_READS.trailStatus, { Name: arn }, region),
    reading.query(ADOPT_READS.selectors, { TrailName: arn }, region),
    reading.query(ADOPT_READS.insights, { TrailName: arn }, region),
  ]);
  const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = selectors ?? {};
  return {
    isLogging: status?.IsLogging === true,
    managementEvents: managementEventsOf(selectors ?? {}),
    dataEvents: [...new Set([...basic.flatMap(basicData), ...advanced.flatMap(advancedData)])].sort(),
    insights: (insights ?? []).flatMap(({ InsightType }) => InsightType ?? []).sort(),
  };
}

function advancedData(selector: AdvancedEventSelector): string[] {
  if (eventCategoryOf(selector) !== "Data") return [];
  return selector.FieldSelectors?.find(({ Field }) => Field === "resources.type")?.Equals ?? [];
}

function basicData({ DataResources = [] }: EventSelector): string[] {
  return DataResources.flatMap(({ Type }) => Type ?? []);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
