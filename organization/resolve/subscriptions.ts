import { allDetections } from "../../detections/catalogue";
import type { Detection, Pack, Severity } from "../../detections/detection";
import { FEEDS } from "../../lib/naming/feeds";
import { hasDataAlarms } from "../data-events";
import { layered, type LayeredSettings } from "./layers";
import type { Account, Organization } from "../organization";
import { ignoreTests, type AlarmKind, type Ignore } from "../schema/schema";

export { ignoreTests, type Ignore };

/** A detection that is on in an account, and how its alarm evaluates it there. */
export interface Subscription {
  readonly pack: Pack;
  readonly detection: Detection;
  readonly severity: Severity;
  /** Events per period that raise the alarm, or for `alarmWhen: "missed"` that must occur. */
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** Whether the threshold decides, or anomaly detection. */
  readonly alarm: AlarmKind;
  /** Events that do not count. */
  readonly ignore: readonly Ignore[];
}

/** Settings of a catalogue detection in an account. */
export interface Choice {
  readonly pack: Pack;
  readonly detection: Detection;
  readonly settings: LayeredSettings;
  /**
   * Why it is off: its pack is off, it was turned off, the feed does not deliver the organization's events, or the log
   * group of data events is in another account or does not exist.
   */
  readonly off: "pack" | "enabled" | "feed" | "data events" | undefined;
}

/** Detections that are on in the account, in the order of the catalogue. */
export function subscriptionsOf(organization: Organization, account: Account): Subscription[] {
  return choicesOf(organization, account)
    .filter(({ off }) => off === undefined)
    .map(subscriptionOf);
}

/** A choice without the location of each value. */
export function subscriptionOf({ pack, detection, settings }: Choice): Subscription {
  return {
    pack,
    detection,
    severity: settings.severity.value,
    threshold: settings.threshold.value,
    periodSeconds: settings.periodSeconds.value,
    evaluationPeriods: settings.evaluationPeriods.value,
    alarm: settings.alarm.value,
    ignore: settings.ignore.map(({ value }) => value),
  };
}

/** Every detection of the catalogue, on or off, with where each value was set. */
export function choicesOf(
  organization: Pick<Organization, "detections" | "trail">,
  account: Pick<Account, "detections" | "feed" | "packs" | "role">,
): Choice[] {
  return allDetections().map(({ pack, detection }) => {
    const settings = layered(detection, {
      organization: organization.detections[detection.id],
      account: account.detections[detection.id],
    });
    return { pack, detection, settings, off: whyOff() };

    function whyOff(): Choice["off"] {
      if (pack.events === "data") {
        if (!hasDataAlarms(organization) || account.role !== "management") return "data events";
        return settings.enabled.value ? undefined : "enabled";
      }
      if (!account.packs.includes(pack.id)) return "pack";
      if (detection.scope === "organization" && FEEDS[account.feed].events !== "organization") return "feed";
      return settings.enabled.value ? undefined : "enabled";
    }
  });
}
