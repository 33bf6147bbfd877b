import { findDetection } from "../../detections/catalogue";
import type { Detection, Pack } from "../../detections/detection";
import { FEEDS } from "../../lib/naming/feeds";
import { hasDataAlarms } from "../data-events";
import type { Checked } from "./check";
import { evaluationProblem } from "../resolve/evaluation";
import { validAccount, type ValidAccount } from "../resolve/valid-account";
import { packProblems } from "./pack-rules";
import type { Problem } from "./problem";
import type { AccountFile, DetectionSettings, OrganizationFile } from "../schema/schema";
import type { YamlFile } from "../yaml/yaml-file";

type Account = Checked<AccountFile>;
type Organization = Checked<OrganizationFile>;

/** A detection and one file's settings for it. */
interface Setting {
  readonly detection: Detection;
  readonly pack: Pack;
  readonly settings: DetectionSettings;
}

/** Problems of packs and of settings of detections. Each rule evaluates only valid and known settings. */
export function detectionProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  return [
    ...packProblems(accounts, organization),
    ...settingsIn(organization).flatMap(({ detection, settings }) => [
      ...verbatimProblems(organization.file, detection, settings),
      ...anomalyProblems(organization.file, detection, settings),
      ...evaluationProblem(organization.file, detection, { organization: settings }),
    ]),
    ...accounts.flatMap((account) => accountSettingsProblems(account, organization, accounts)),
  ];
}

function accountSettingsProblems(
  account: Account,
  organization: Organization,
  accounts: readonly Account[],
): Problem[] {
  const { file } = account;
  const known = validAccount(account, organization);
  return settingsIn(account).flatMap((setting) => {
    const { detection, settings } = setting;
    const idle = known === undefined ? [] : idleProblems(setting, known, accounts, organization);
    if (idle.length > 0) return idle;
    const layers = { account: settings, organization: organization.valid.detections?.[detection.id] };
    return [
      ...verbatimProblems(file, detection, settings),
      ...anomalyProblems(file, detection, settings),
      ...evaluationProblem(file, detection, layers),
    ];
  });
}

/** Settings without effect: their author would believe that something is watched. */
function idleProblems(
  { detection, pack }: Setting,
  { file, feed, packs, role }: ValidAccount,
  accounts: readonly Account[],
  { file: organizationFile, valid }: Organization,
): Problem[] {
  const management = accounts.find((account) => account.valid.role === "management")?.file.path;
  const problem = (rule: string, hint: string) => [
    file.problem(["detections", detection.id], rule, { hint, atKey: true }),
  ];
  if (pack.events === "data") {
    if (role !== "management") {
      const hint = `set it in ${management ?? "the management account's file"}`;
      return problem("be set in the management account, which has the log group of data events", hint);
    }
    if (valid.trail === undefined || hasDataAlarms({ trail: valid.trail })) return [];
    return problem(
      "not be set while no entry of trail.dataEvents has 'alarms: true'",
      `add it in ${organizationFile.path}, or remove these settings`,
    );
  }
  if (!packs.value.includes(pack.id)) {
    return problem(
      `not be set while pack '${pack.id}' is off here`,
      `add '${pack.id}' to packs, or remove these settings`,
    );
  }
  if (detection.scope === "organization" && FEEDS[feed].events !== "organization") {
    return problem(
      "be set where feed is organization-trail, which alone brings the whole organization's events",
      `set it in ${management ?? "the management account's file"}`,
    );
  }
  return [];
}

function verbatimProblems(file: YamlFile, detection: Detection, settings: DetectionSettings): Problem[] {
  if (!("patterns" in detection) || settings.ignore === undefined || settings.ignore.length === 0) return [];
  const { id, tunedTwin } = detection;
  const hint =
    tunedTwin === undefined
      ? "no tuned detection watches for the same: raise its threshold, lower its severity or set 'enabled: false'"
      : `ignore them in '${tunedTwin}', which watches for the same and can be tuned`;
  const rule = "not be given: checkers want this detection's pattern byte for byte";
  return [file.problem(["detections", id, "ignore"], rule, { hint, atKey: true })];
}

/** An alarm with anomaly detection has no threshold, and suits neither checkers nor events that must keep coming. */
function anomalyProblems(file: YamlFile, detection: Detection, settings: DetectionSettings): Problem[] {
  if (settings.alarm?.kind !== "anomaly-detection") return [];
  const problem = (key: string, rule: string) => [
    file.problem(["detections", detection.id, key], rule, { atKey: true }),
  ];
  if ("patterns" in detection) return problem("alarm", "not be given: checkers want this detection's static threshold");
  if (detection.alarmWhen === "missed") {
    return problem("alarm", "not be given: this alarm goes off when events fail to come, which needs a threshold");
  }
  if (settings.threshold === undefined) return [];
  return problem("threshold", "not be given with an alarm of kind anomaly-detection, which has none");
}

function settingsIn({ valid }: Account | Organization): Setting[] {
  return Object.entries(valid.detections ?? {}).flatMap(([id, settings]) => {
    const entry = findDetection(id);
    if (entry === undefined || settings === undefined) return [];
    return [{ ...entry, settings }];
  });
}
