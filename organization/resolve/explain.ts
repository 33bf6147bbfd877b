import { conditionsFor, isCovered, type Detection, type WatchedAccount } from "../../detections/detection";
import { feedOf, packsOf } from "./account-choices";
import type { Layer, Layered, LayeredSettings } from "./layers";
import type { LoadedOrganization } from "../load";
import type { Account } from "../organization";
import type { AlarmKind, Ignore, PackId } from "../schema/schema";
import { regionCoverOf, type RegionCover } from "./region-cover";
import { choicesOf, type Choice } from "./subscriptions";
import type { Path } from "../yaml/yaml-file";

/** The settings for which every detection has a default, in reading order. */
export const SETTINGS = ["severity", "threshold", "periodSeconds", "evaluationPeriods"] as const;

/** A value and where it is set: `accounts/payments.yaml:31`, or `default`. */
export interface Explained<T> {
  readonly value: T;
  readonly from: string;
}

/** A detection in an account: whether it is on, its settings, and where each of them is set. */
export interface ExplainedDetection {
  readonly id: string;
  readonly pack: PackId;
  readonly title: string;
  readonly on: boolean;
  /**
   * Why it is off: as in `Choice`, `idle` where the account has nothing that it watches, or `covered` where a detection
   * of all accounts reports the same.
   */
  readonly off?: NonNullable<Choice["off"]> | "idle" | "covered";
  /** Id of the detection that covers it. */
  readonly coveredBy?: string;
  /** Where it was turned on or off. */
  readonly from: string;
  readonly settings: { readonly [Key in (typeof SETTINGS)[number]]: Explained<LayeredSettings[Key]["value"]> };
  /** How the alarm decides, if not by the threshold. */
  readonly alarm?: Explained<Exclude<AlarmKind, { kind: "static-threshold" }>>;
  readonly ignore: readonly (Ignore & { readonly from: string })[];
}

/** What is watched in an account, and why. */
export interface ExplainedAccount {
  readonly name: string;
  readonly id: string;
  readonly role: Account["role"];
  /** Its place in AWS Organizations, as far as its file has it. */
  readonly organizationalUnit?: string;
  readonly feed: Explained<Account["feed"]>;
  readonly packs: Explained<readonly PackId[]>;
  /** The regions whose events its detections see. */
  readonly regions: RegionCover;
  readonly detections: readonly ExplainedDetection[];
}

/** Every detection of the catalogue with its settings in the account, and the file and line of each value. */
export function explainAccount(
  { organization, sources }: LoadedOrganization,
  account: Account,
  watched: WatchedAccount,
): ExplainedAccount {
  const { name, id, role, organizationalUnit } = account;
  const file = sources.account(name);
  // The account's own settings: elsewhere its defaults are filled in.
  const own = {
    ...account,
    feed: file.has(["feed"]) ? account.feed : undefined,
    packs: file.has(["packs"]) ? account.packs : undefined,
  };
  const feed = feedOf(own, organization);
  const packs = packsOf(own, organization);

  return {
    name,
    id,
    role,
    organizationalUnit,
    feed: { value: feed.value, from: placeOf(feed.from, feed.path) },
    packs: { value: packs.value, from: placeOf(packs.from, packs.path) },
    regions: regionCoverOf(organization, account),
    detections: choicesOf(organization, account).map(explainChoice),
  };

  function explainChoice({ pack, detection, settings, off }: Choice): ExplainedDetection {
    const coveredBy = "patterns" in detection || !isCovered(detection, watched) ? undefined : detection.coveredBy;
    const reason = off ?? (coveredBy !== undefined ? "covered" : isIdle(detection, watched) ? "idle" : undefined);
    const explain = <T>(key: string, { value, from }: Layered<T>): Explained<T> => ({
      value,
      from: placeOf(from, ["detections", detection.id, key]),
    });
    return {
      id: detection.id,
      pack: pack.id,
      title: detection.title,
      on: reason === undefined,
      off: reason,
      ...(reason === "covered" ? { coveredBy } : {}),
      from: switchedIn(),
      settings: {
        severity: explain("severity", settings.severity),
        threshold: explain("threshold", settings.threshold),
        periodSeconds: explain("periodSeconds", settings.periodSeconds),
        evaluationPeriods: explain("evaluationPeriods", settings.evaluationPeriods),
      },
      ...(settings.alarm.value.kind === "static-threshold"
        ? {}
        : { alarm: explain("alarm", { ...settings.alarm, value: settings.alarm.value }) }),
      ignore: settings.ignore.map(({ value, from, index }) => ({
        ...value,
        from: placeOf(from, ["detections", detection.id, "ignore", index]),
      })),
    };

    function switchedIn(): string {
      if (reason === "idle" || reason === "covered") return "default";
      if (pack.events === "data" && settings.enabled.from === "default") return alarmsSetIn();
      if (reason === "feed") return placeOf(feed.from, feed.path);
      if (reason !== "pack" && settings.enabled.from !== "default") {
        return placeOf(settings.enabled.from, ["detections", detection.id, "enabled"]);
      }
      const index = packs.value.indexOf(pack.id);
      return placeOf(packs.from, index === -1 ? packs.path : [...packs.path, index]);
    }
  }

  /** Where `alarms: true` turns on pack `data-events`. */
  function alarmsSetIn(): string {
    const index = organization.trail.dataEvents.findIndex(({ alarms }) => alarms);
    return index === -1 ? "default" : placeOf("organization", ["trail", "dataEvents", index, "alarms"]);
  }

  function placeOf(layer: Layer, path: Path): string {
    return sources.placeOf(layer, name, path);
  }
}

/** Whether the account has nothing that the detection watches. */
function isIdle(detection: Detection, watched: WatchedAccount): boolean {
  return !("patterns" in detection) && conditionsFor(detection, watched).length === 0;
}
