import type { GetEventSelectorsResponse, GetTrailStatusResponse, Trail } from "@aws-sdk/client-cloudtrail";
import { READS } from "../aws/calls";
import { managementEventsOf } from "../aws/management-events";
import { logGroupName } from "../expected/read-expected";
import type { ExpectedTrail } from "../expected/expected-account";
import { selectorText } from "../expected/selector-text";
import { failed, proven, unknown, type Finding } from "../result";
import { age, redeploy, type Check, type Subject } from "./check";
import { LOG_ARCHIVE_STACK } from "../../lib/naming/stack-ids";

/**
 * CloudTrail delivers within about 5 minutes on average (User Guide, "How CloudTrail works"), and each account calls
 * itself once an hour: after this time, something must have been delivered.
 */
const LAGGING_MILLISECONDS = 2 * 60 * 60_000;

/** The checks of one trail; the later ones depend on its existence and logging status. */
export function trailChecks(trail: ExpectedTrail): Check[] {
  const logging = `trail ${trail.name} logs`;
  return [
    { hop: "CloudTrail", name: logging, run: (subject) => logs(subject, trail) },
    {
      hop: "CloudTrail",
      name: `trail ${trail.name} is configured as synthesized`,
      follows: [logging],
      run: (subject) => configured(subject, trail),
    },
    {
      hop: "CloudTrail",
      name: `trail ${trail.name} records what was synthesized`,
      follows: [logging],
      run: (subject) => selects(subject, trail),
    },
    {
      hop: "CloudTrail",
      name: `trail ${trail.name} delivers to the archive`,
      follows: [logging],
      run: (subject) => delivers(subject, trail, ARCHIVE),
    },
    ...(trail.logGroup === undefined
      ? []
      : [
          {
            hop: "feed" as const,
            name: `trail ${trail.name} delivers to ${trail.logGroup}`,
            follows: [logging],
            run: (subject: Subject) => delivers(subject, trail, LOGS),
          },
        ]),
  ];
}

async function logs(subject: Subject, trail: ExpectedTrail): Promise<Finding> {
  const status = await statusOf(subject, trail);
  if (status === undefined) {
    return failed(`no such trail in ${trail.region}`, "nothing is recorded", restore(trail));
  }
  if (status.IsLogging === true) return proven("logging");
  const stopped = status.StopLoggingTime === undefined ? "" : ` since ${status.StopLoggingTime.toISOString()}`;
  return failed(
    `not logging${stopped}`,
    "the trail was stopped: nothing is recorded",
    `aws cloudtrail start-logging --region ${trail.region} --name ${trail.arn}`,
  );
}

async function configured({ session }: Subject, expected: ExpectedTrail): Promise<Finding> {
  const answer = await session.query(READS.trails, { trailNameList: [expected.arn] }, expected.region);
  const trail = answer?.trailList?.find(({ TrailARN }) => TrailARN === expected.arn);
  if (trail === undefined) {
    return failed(`no such trail in ${expected.region}`, "nothing is recorded", restore(expected));
  }
  const wrong = differences(trail, expected);
  return wrong.length === 0
    ? proven(
        [
          expected.isOrganizationTrail ? "organization" : "single account",
          expected.isMultiRegion ? "all regions" : "one region",
          trail.LogFileValidationEnabled === true ? "log files validated" : "log files not validated",
        ].join(", "),
      )
    : failed(
        wrong.join("; "),
        expected.existing === true
          ? "events are missing, or go elsewhere than accounts/organization.yaml says"
          : "the trail was changed after it was deployed",
        restore(expected),
      );
}

function differences(trail: Trail, expected: ExpectedTrail): string[] {
  const group = trail.CloudWatchLogsLogGroupArn;
  const pairs = [
    ["organization trail", trail.IsOrganizationTrail ?? false, expected.isOrganizationTrail],
    ["multi-region", trail.IsMultiRegionTrail ?? false, expected.isMultiRegion],
    ["global services", trail.IncludeGlobalServiceEvents ?? false, expected.includesGlobalServices],
    // An existing trail's owner decides about validation, and where it delivers unless the archive is the existing bucket.
    ...(expected.existing === true
      ? []
      : [["log file validation", trail.LogFileValidationEnabled ?? false, expected.validatesLogFiles] as const]),
    ...(expected.bucket === "" ? [] : [["bucket", trail.S3BucketName, expected.bucket] as const]),
    ...(expected.existing === true && expected.logGroup === undefined
      ? []
      : [
          [
            "log group",
            group === undefined || group === "" ? "none" : logGroupName(group),
            expected.logGroup ?? "none",
          ] as const,
        ]),
  ] as const;
  return pairs
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(([name, actual, wanted]) => `${name} is ${String(actual)}, not ${String(wanted)}`);
}

async function selects({ session }: Subject, trail: ExpectedTrail): Promise<Finding> {
  const answer = await session.query(READS.selectors, { TrailName: trail.arn }, trail.region);
  if (trail.existing === true) return recordsManagement(trail, answer);
  const stored = (answer?.AdvancedEventSelectors ?? []).map(({ FieldSelectors = [] }) =>
    selectorText(FieldSelectors.map(({ Field = "", ...operators }) => ({ field: Field, operators }))),
  );
  const missing = trail.selectors.filter((selector) => !stored.includes(selector));
  const added = stored.filter((selector) => !trail.selectors.includes(selector));
  if (missing.length === 0 && added.length === 0) return proven(`${stored.length} selectors as synthesized`);
  return failed(
    stored.length === 0 ? "no advanced selectors" : `selectors ${stored.map((text) => `'${text}'`).join(", ")}`,
    missing.length === 0
      ? "the trail records more than synthesized, at additional cost"
      : `the trail no longer records ${missing.map((text) => `'${text}'`).join(", ")}`,
    redeploy(trail.stack),
  );
}

/** What is expected of an existing trail: all management events. What else it records is its owner's choice. */
function recordsManagement(trail: ExpectedTrail, answer: GetEventSelectorsResponse | undefined): Finding {
  const recorded = answer === undefined ? "none" : managementEventsOf(answer);
  if (recorded === "all") return proven("all management events");
  return failed(
    recorded === "none" ? "no management events" : "not all management events",
    "detections need read and write events of all services",
    `aws cloudtrail put-event-selectors --region ${trail.region} --trail-name ${trail.name} --event-selectors ` +
      `'[{"ReadWriteType":"All","IncludeManagementEvents":true}]', which replaces the trail's selectors`,
  );
}

/** What restores a trail. Terraform cannot change one that it did not create. */
function restore(trail: ExpectedTrail): string {
  if (trail.existing !== true) return redeploy(trail.stack);
  return `correct trail.existing in accounts/organization.yaml, or the trail: aws cloudtrail update-trail --region ${trail.region} --name ${trail.name} …`;
}

interface Delivery {
  readonly error: (status: GetTrailStatusResponse) => string | undefined;
  readonly time: (status: GetTrailStatusResponse) => Date | undefined;
  readonly remedy: (trail: ExpectedTrail) => string;
}

const ARCHIVE: Delivery = {
  error: (status) => status.LatestDeliveryError,
  time: (status) => status.LatestDeliveryTime,
  remedy: (trail) => {
    const bucket = trail.bucket === "" ? "the trail's bucket" : `bucket ${trail.bucket}`;
    const command = trail.existing === true ? "" : `: ${redeploy(LOG_ARCHIVE_STACK)}`;
    return `the policies of ${bucket} and of its key must admit CloudTrail${command}`;
  },
};

const LOGS: Delivery = {
  error: (status) => status.LatestCloudWatchLogsDeliveryError,
  time: (status) => status.LatestCloudWatchLogsDeliveryTime,
  remedy: (trail) => `CloudTrail's role must write to ${trail.logGroup ?? ""}: ${restore(trail)}`,
};

async function delivers(subject: Subject, trail: ExpectedTrail, delivery: Delivery): Promise<Finding> {
  const status = await statusOf(subject, trail);
  if (status === undefined) return unknown("nothing", "the trail was deleted during verification");
  const error = delivery.error(status);
  if (error !== undefined && error !== "") {
    return failed(`last delivery: ${error}`, "CloudTrail cannot write there", delivery.remedy(trail));
  }
  const last = delivery.time(status)?.getTime();
  if (!recordsManagementEvents(trail)) {
    return proven(
      last === undefined ? "no error, nothing to deliver yet" : `last delivery ${age(subject.now() - last)} ago`,
    );
  }
  const started = status.StartLoggingTime?.getTime() ?? 0;
  const waited = subject.now() - (last ?? started);
  if (last === undefined && waited < LAGGING_MILLISECONDS) {
    return unknown("no delivery yet", `the trail has logged for ${age(waited)} only`, "run verify again in 15 minutes");
  }
  if (waited < LAGGING_MILLISECONDS) return proven(`last delivery ${age(waited)} ago`);
  return failed(
    last === undefined ? "no delivery yet" : `last delivery ${age(waited)} ago`,
    "deliveries lag: CloudTrail delivers within minutes, and each account makes a call every hour",
    "see AWS's health page for CloudTrail; the events are in 'aws cloudtrail lookup-events' meanwhile",
  );
}

/** A trail of data events may have nothing to deliver for days. */
function recordsManagementEvents({ selectors }: ExpectedTrail): boolean {
  return selectors.length === 0 || selectors.some((selector) => selector.includes("eventCategory Equals Management"));
}

function statusOf({ session }: Subject, trail: ExpectedTrail): Promise<GetTrailStatusResponse | undefined> {
  return session.query(READS.trailStatus, { Name: trail.arn }, trail.region);
}
