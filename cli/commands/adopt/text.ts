import type { Adoption } from "../../../adoption/adopt";
import type { AdoptFinding, AdoptVerdict } from "../../../adoption/findings/finding";
import type { Duplicate } from "../../../adoption/filters/duplicates";
import type { Relation } from "../../../adoption/filters/recognize";
import { settingsYaml, type Settings } from "../../../adoption/settings";
import type { SettingsChange } from "../../../adoption/settings-change";
import { abbreviated } from "../../../lib/support/abbreviated";
import { counted } from "../../../lib/support/counted";
import { lineDiff, withContext } from "../../../lib/support/line-diff";
import { toned, type Line, type Tone } from "../../../lib/support/print";

/** More accounts with the same finding are only counted; all of them are in `--json`. */
const SHOWN_ACCOUNTS = 5;

const HEADINGS: Readonly<Record<AdoptVerdict, readonly [title: string, tone: Tone]>> = {
  reuse: ["Reuse", "good"],
  create: ["Create", "strong"],
  collides: ["Collides", "bad"],
  found: ["Also found", "strong"],
  unread: ["Cannot read", "warn"],
};

const RELATIONS: Readonly<Record<Relation, string>> = {
  same: "the same events",
  wider: "the same events and more",
  narrower: "some of the events",
  similar: "similar events",
};

/** The findings by verdict, each once with its accounts; then the duplicates of detections. */
export function adoptionText({ organizationId, accounts, findings, duplicates }: Adoption): Line[] {
  const verdicts = [...new Set(findings.map(({ verdict }) => verdict))];
  return [
    { dim: `${organizationId}: ${counted(accounts.length, "account")} read` },
    ...verdicts.flatMap((verdict): Line[] => {
      const [title, tone] = HEADINGS[verdict];
      return [
        "",
        toned(tone, title),
        ...merged(findings.filter((one) => one.verdict === verdict)).flatMap(findingText),
      ];
    }),
    ...(duplicates.length === 0 ? [] : ["", { strong: "Filters that count events of detections" }]),
    ...duplicates.flatMap(duplicateText),
  ];
}

type Merged = AdoptFinding & { readonly accounts: readonly string[] };

function merged(findings: readonly AdoptFinding[]): Merged[] {
  const found = new Map<string, Merged>();
  for (const finding of findings) {
    const { subject, name, sentence } = finding;
    const key = [subject, name, sentence].join("\n");
    const accounts = [...(found.get(key)?.accounts ?? []), finding.account];
    found.set(key, { ...finding, accounts });
  }
  return [...found.values()];
}

function findingText({ subject, name, accounts, sentence, cost }: Merged): Line[] {
  return [
    `  ${subject} ${name} (${abbreviated([...new Set(accounts)], SHOWN_ACCOUNTS)})`,
    `      ${sentence}`,
    ...(cost === undefined ? [] : [`      cost: ${cost}`]),
  ];
}

function duplicateText({ account, detection, relation, isOn, filter, alarms }: Duplicate): Line[] {
  return [
    `  ${detection} (${account}): ${RELATIONS[relation]}${isOn ? "" : "; the detection is off here"}`,
    `      filter ${filter.name} on ${filter.logGroup} in ${filter.region}`,
    ...(alarms.length === 0 ? ["      no alarm"] : []),
    ...alarms.flatMap(({ name, topics }): Line[] => [
      `      alarm ${name}${topics.length === 0 ? ", which notifies no topic" : ""}`,
      ...topics.map(({ arn, subscriptions }): Line => {
        const subscribers =
          subscriptions === undefined
            ? "subscriptions not read"
            : `${subscriptions.confirmed} confirmed, ${subscriptions.pending} pending`;
        return `        topic ${arn}: ${subscribers}`;
      }),
    ]),
  ];
}

/** The files of import blocks, and what to do with them. */
export function importsWrittenText(files: readonly string[]): Line[] {
  if (files.length === 0) {
    return ["", "No import blocks: no filter matches exactly the events of a synthesized detection that is on."];
  }
  return ["", ...files.map((file) => `Import blocks for review: ${file}`)];
}

/** The change of organization.yaml, or that there is none. */
export function changeText(
  change: SettingsChange | undefined,
  { isWriting, settings }: { readonly isWriting: boolean; readonly settings: Settings },
): Line[] {
  if (change === undefined) {
    const matches = settings.trail !== undefined;
    return ["", matches ? "organization.yaml has these settings already." : "No settings: nothing can be reused."];
  }
  const { file, problems } = change;
  return [
    "",
    ...(file === undefined
      ? [{ strong: "Settings" }, ...indented(settingsYaml(settings))]
      : [
          { strong: `~ ${file.file}` },
          ...withContext(lineDiff(file.before, file.after)).map(({ sign, text }): Line =>
            sign === " " ? { dim: `      ${text}` } : `    ${sign} ${text}`,
          ),
        ]),
    ...(problems === undefined ? [] : ["", { warn: "These settings cannot be written as they are:" }, problems]),
    ...(isWriting || problems !== undefined ? [] : ["", "--write writes these settings."]),
  ];
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`);
}
