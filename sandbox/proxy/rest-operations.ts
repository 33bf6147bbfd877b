import { target, type AwsRequest } from "./http";

/** An operation of a REST API: method, path and name. */
type Route = readonly [method: string, path: RegExp, operation: string];

const SCHEDULER: readonly Route[] = [
  ["GET", /^\/schedules$/, "ListSchedules"],
  ["POST", /^\/schedules\/[^/]+$/, "CreateSchedule"],
  ["GET", /^\/schedules\/[^/]+$/, "GetSchedule"],
  ["PUT", /^\/schedules\/[^/]+$/, "UpdateSchedule"],
  ["DELETE", /^\/schedules\/[^/]+$/, "DeleteSchedule"],
  ["GET", /^\/schedule-groups$/, "ListScheduleGroups"],
  ["POST", /^\/schedule-groups\/[^/]+$/, "CreateScheduleGroup"],
  ["GET", /^\/schedule-groups\/[^/]+$/, "GetScheduleGroup"],
  ["DELETE", /^\/schedule-groups\/[^/]+$/, "DeleteScheduleGroup"],
  ["GET", /^\/tags\/.+$/, "ListTagsForResource"],
  ["POST", /^\/tags\/.+$/, "TagResource"],
  ["DELETE", /^\/tags\/.+$/, "UntagResource"],
];

const CHATBOT: readonly Route[] = [
  ["POST", /^\/create-slack-channel-configuration$/, "CreateSlackChannelConfiguration"],
  ["POST", /^\/describe-slack-channel-configurations$/, "DescribeSlackChannelConfigurations"],
  ["POST", /^\/update-slack-channel-configuration$/, "UpdateSlackChannelConfiguration"],
  ["POST", /^\/delete-slack-channel-configuration$/, "DeleteSlackChannelConfiguration"],
  ["POST", /^\/tag-resource$/, "TagResource"],
  ["POST", /^\/untag-resource$/, "UntagResource"],
  ["POST", /^\/create-ms-teams-channel-configuration$/, "CreateMicrosoftTeamsChannelConfiguration"],
  ["POST", /^\/list-ms-teams-channel-configurations$/, "ListMicrosoftTeamsChannelConfigurations"],
  ["POST", /^\/update-ms-teams-channel-configuration$/, "UpdateMicrosoftTeamsChannelConfiguration"],
  ["POST", /^\/delete-ms-teams-channel-configuration$/, "DeleteMicrosoftTeamsChannelConfiguration"],
];

/** Of its calls that pack `watchers` detects, those that moto answers. */
const GUARDDUTY: readonly Route[] = [
  ["GET", /^\/detector$/, "ListDetectors"],
  ["POST", /^\/detector$/, "CreateDetector"],
  ["GET", /^\/detector\/[^/]+$/, "GetDetector"],
  ["POST", /^\/detector\/[^/]+$/, "UpdateDetector"],
  ["DELETE", /^\/detector\/[^/]+$/, "DeleteDetector"],
  ["POST", /^\/detector\/[^/]+\/filter$/, "CreateFilter"],
  ["GET", /^\/detector\/[^/]+\/filter\/[^/]+$/, "GetFilter"],
  ["POST", /^\/detector\/[^/]+\/filter\/[^/]+$/, "UpdateFilter"],
  ["DELETE", /^\/detector\/[^/]+\/filter\/[^/]+$/, "DeleteFilter"],
];

/** REST services besides S3, by signing name. Source: each service's API reference. */
const ROUTES = new Map<string, readonly Route[]>([
  ["chatbot", CHATBOT],
  ["guardduty", GUARDDUTY],
  ["scheduler", SCHEDULER],
]);

/** The name of a REST service's call; `<method> <path>` for a service whose routes are not listed. */
export function restOperation(service: string, request: AwsRequest): string {
  const path = target(request).path.replace(/(.)\/$/, "$1");
  const route = ROUTES.get(service)?.find(([method, pattern]) => method === request.method && pattern.test(path));
  return route?.[2] ?? `${request.method} ${path}`;
}
