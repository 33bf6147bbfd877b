import {
  type AdvancedEventSelector,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import { selectorsOf } from "../../../signals";
import type { ServiceClients } from "../../../lib/aws/service-clients";
import type { LiveTrail } from "./deployed-account";
import { logGroupOf } from "./log-group-arn";

/** The trails whose home is this account and region. */
export async function readTrails({ cloudTrail }: ServiceClients, region: string): Promise<LiveTrail[]> {
  const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  const here = trailList.filter(({ HomeRegion = region }) => HomeRegion === region);
  return Promise.all(
    here.map(async (trail) => {
      const name = trail.Name ?? "";
      const [status, selectors] = await Promise.all([
        cloudTrail.send(new GetTrailStatusCommand({ Name: name })),
        cloudTrail.send(new GetEventSelectorsCommand({ TrailName: name })),
      ]);
      return liveTrail(trail, region, {
        isLogging: status.IsLogging === true,
        selectors: selectorsOf(asTerraform(selectors.EventSelectors ?? [], selectors.AdvancedEventSelectors ?? [])),
      });
    }),
  );
}

function liveTrail(trail: Trail, region: string, read: Pick<LiveTrail, "isLogging" | "selectors">): LiveTrail {
  return {
    ...read,
    name: trail.Name ?? "",
    arn: trail.TrailARN ?? "",
    region,
    isOrganizationTrail: trail.IsOrganizationTrail === true,
    isMultiRegion: trail.IsMultiRegionTrail === true,
    includesGlobalServices: trail.IncludeGlobalServiceEvents !== false,
    logGroup: logGroupOf(trail.CloudWatchLogsLogGroupArn ?? ""),
    bucket: trail.S3BucketName ?? "",
    keyPrefix: trail.S3KeyPrefix ?? "",
    topicArn: textOrNone(trail.SnsTopicARN),
    validatesFiles: trail.LogFileValidationEnabled === true,
    kmsKeyId: textOrNone(trail.KmsKeyId),
  };
}

/** moto keeps the advanced selectors when basic ones replace them, and drops the basic ones in the opposite case. */
function asTerraform(basic: readonly EventSelector[], advanced: readonly AdvancedEventSelector[]) {
  if (basic.length > 0) {
    return {
      event_selector: basic.map((selector) => ({
        read_write_type: selector.ReadWriteType,
        include_management_events: selector.IncludeManagementEvents,
        exclude_management_event_sources: selector.ExcludeManagementEventSources,
        data_resource: selector.DataResources?.map(({ Type, Values }) => ({ type: Type, values: Values })),
      })),
    };
  }
  return {
    advanced_event_selector: advanced.map(({ FieldSelectors = [] }) => ({
      field_selector: FieldSelectors.map((field) => ({
        field: field.Field,
        equals: field.Equals,
        not_equals: field.NotEquals,
        starts_with: field.StartsWith,
        not_starts_with: field.NotStartsWith,
        ends_with: field.EndsWith,
        not_ends_with: field.NotEndsWith,
      })),
    })),
  };
}

function textOrNone(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
