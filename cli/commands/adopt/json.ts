import type { Adoption } from "../../../adoption/adopt";
import type { SettingsChange } from "../../../adoption/settings-change";

/** Raised when a field is removed or changes its meaning. */
const VERSION = 1;

interface Outcome {
  readonly change: SettingsChange | undefined;
  readonly importFiles: readonly string[];
  readonly written: boolean;
}

/** The report as `--json` prints it. It is a contract: list each field explicitly. */
export function adoptJson(adoption: Adoption, { change, importFiles, written }: Outcome): object {
  const { organizationId, accounts, findings, duplicates, imports, settings } = adoption;
  return {
    version: VERSION,
    organization: organizationId,
    accounts,
    findings: findings.map(({ verdict, subject, account, name, sentence, cost }) => ({
      verdict,
      subject,
      account,
      name,
      sentence,
      cost,
    })),
    duplicates: duplicates.map(({ account, detection, relation, isOn, filter, alarms }) => ({
      account,
      detection,
      relation,
      isOn,
      filter: {
        name: filter.name,
        logGroup: filter.logGroup,
        region: filter.region,
        pattern: filter.pattern,
        metrics: filter.metrics.map(({ namespace, name }) => ({ namespace, name })),
      },
      alarms: alarms.map(({ name, region, topics }) => ({
        name,
        region,
        topics: topics.map(({ arn, subscriptions }) => ({
          arn,
          confirmed: subscriptions?.confirmed,
          pending: subscriptions?.pending,
        })),
      })),
    })),
    imports: imports.map(({ stack, to, id, isReplaced }) => ({ stack, to, id, isReplaced })),
    importFiles,
    settings: {
      ...(settings.trail === undefined ? {} : { trail: { existing: settings.trail } }),
      ...(settings.archive === undefined ? {} : { archive: { existing: settings.archive } }),
      omittedRegions: settings.omittedRegions,
      removedRegions: settings.removedRegions,
    },
    isChange: change !== undefined,
    problems: change?.problems,
    written,
  };
}
