import { inInstallation, ownNames } from "../lib/naming/own-names";
import { inPartition } from "../lib/aws/partitions";
import type { Runbook } from "../detections/detection";
import { PATH_ALARMS } from "../detections/path-alarms";
import { KIND_OF_SEVERITY, markerOf, type Marker } from "../lib/naming/alarm-description";
import { OWN_ALARMS } from "../lib/naming/own-alarms";
import { byObject } from "../lib/support/by-object";
import { FIRST_STEPS, type KnownAlarm, type KnownAlarms } from "../modules/alert-hub/known-alarms";
import { metricsOf } from "../modules/detection-alarm/detection-alarm";
import { omittedRegions, type Account, type Organization } from "../organization/organization";
import { choicesOf, subscriptionOf, type Choice } from "../organization/resolve/subscriptions";
import { topicKindOfDetection } from "./compiled-detection";

/** The alert hub's tables. Computed once, because the hub's stack is built again for each slice of the accounts. */
export const knownAlarmsOf = byObject(compute);

/** An account that sets nothing itself. */
const ANY_ACCOUNT: Settings = { detections: {}, feed: "event-bus", packs: [], role: "member" };

type Settings = Pick<Account, "detections" | "feed" | "packs" | "role">;

function compute(organization: Organization): KnownAlarms {
  const choices = choicesOf(organization, ANY_ACCOUNT);
  const usual = new Map(choices.map((choice) => [choice.detection.id, marker(choice)]));
  const detections = choices.map((choice): [string, KnownAlarm] => {
    const { id, title, meaning, alarmWhen, runbook } = choice.detection;
    const isAbsence = alarmWhen === "missed";
    return [
      id,
      {
        title,
        meaning: inPartition(meaning, organization.homeRegion, omittedRegions(organization)),
        marker: marker(choice),
        runbook: true,
        query: true,
        isAbsence,
        steps: steps(runbook, organization).map((step) =>
          inPartition(step, organization.homeRegion, omittedRegions(organization)),
        ),
        ...eventsOf(organization, choice),
      },
    ];
  });
  const own = Object.entries(OWN_ALARMS).map(([id, { title, meaning, ...headline }]): [string, KnownAlarm] => [
    id,
    { title, meaning, marker: markerOf(headline), runbook: false, query: false, isAbsence: false, steps: [] },
  ]);
  const ofPath = PATH_ALARMS.map(({ id, title, meaning, severity, alarmWhen, runbook }): [string, KnownAlarm] => {
    const headline = markerOf({ severity, kind: KIND_OF_SEVERITY[severity] });
    const isAbsence = alarmWhen === "missed";
    return [
      id,
      { title, meaning, marker: headline, runbook: true, query: false, isAbsence, steps: steps(runbook, organization) },
    ];
  });
  return {
    accounts: Object.fromEntries(organization.accounts.map(({ id, name }) => [id, name])),
    alarms: Object.fromEntries([...own, ...ofPath, ...detections]),
    markers: Object.fromEntries(
      organization.accounts.flatMap((account) =>
        otherMarkers(organization, account, usual).map(([id, text]) => [`${account.name}/${id}`, text]),
      ),
    ),
    runbooks: organization.runbooks,
    region: organization.homeRegion,
    names: organization.names,
  };
}

/** The first steps for a message, where no query is below them; in ASCII, as is everything in a message. */
function steps({ firstFiveMinutes }: Pick<Runbook, "firstFiveMinutes">, { names }: Organization): readonly string[] {
  return firstFiveMinutes.slice(0, FIRST_STEPS).map((step) =>
    inInstallation(step, names)
      .replace(/the query below/, "the saved query")
      .replaceAll("…", "..."),
  );
}

/** Detections with another severity in the account than elsewhere. Only its own settings can change one. */
function otherMarkers(
  organization: Organization,
  account: Account,
  usual: ReadonlyMap<string, Marker>,
): [string, Marker][] {
  if (Object.keys(account.detections).length === 0) return [];
  return choicesOf(organization, account)
    .map((choice): [string, Marker] => [choice.detection.id, marker(choice)])
    .filter(([id, text]) => text !== usual.get(id));
}

/** Nothing for a detection of a missing signal: no event raises its alarm. */
function eventsOf({ names }: Organization, choice: Choice): Pick<KnownAlarm, "events"> {
  const { detection, periodSeconds, evaluationPeriods } = subscriptionOf(choice);
  if (detection.alarmWhen === "missed") return {};
  return {
    events: {
      namespace: metricsOf(ownNames(names), "patterns" in detection).namespace,
      seconds: periodSeconds * evaluationPeriods,
    },
  };
}

function marker(choice: Choice): Marker {
  const { severity, detection } = subscriptionOf(choice);
  const asCheckersExpect = "patterns" in detection;
  return markerOf({ severity, kind: topicKindOfDetection({ asCheckersExpect, severity }) });
}
