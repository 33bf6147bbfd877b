import { allDetections } from "../../detections/catalogue";
import { conditionsFor, type WatchedAccount } from "../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../detections/example-account";
import { predicate, type CloudTrailRecord } from "../../detections/predicate";
import { partitionOf, partitionRegions, PARTITIONS, REGIONS, type Region } from "../../lib/aws/partitions";
import { compileFilterPattern, parseEvent, type ParsedEvent } from "../../signals";

const detections = allDetections().map(({ detection }) => detection);
const records = detections.flatMap(({ examples }) => [...examples.matches, ...examples.nearMisses]);

/** A region that the example account watches, and one that it does not. */
const WATCHED: readonly string[] = EXAMPLE_ACCOUNT.regions?.watched ?? [];
const ANY_REGION = new RegExp(
  `(?<![\\w-])(${REGIONS.filter((region) => partitionOf(region) === "aws").join("|")})(?![\\w])`,
  "g",
);
const HOST = /([a-z0-9-]+\.[a-z]{2}-[a-z-]+-\d)\.amazonaws\.com(?!\.)/g;

/** A text of the standard partition, as that of a home region would have it. Event sources are the same everywhere. */
function translated(text: string, home: Region): string {
  const other = partitionRegions(home).find((region) => region !== home) ?? home;
  const { consoleDomain, dnsSuffix } = PARTITIONS[partitionOf(home)];
  return text
    .replaceAll("arn:aws:", `arn:${partitionOf(home)}:`)
    .replaceAll(ANY_REGION, (region) => (WATCHED.includes(region) ? home : other))
    .replaceAll(PARTITIONS.aws.consoleDomain, consoleDomain)
    .replaceAll(HOST, `$1.${dnsSuffix}`);
}

function accountIn(home: Region): WatchedAccount {
  if (partitionOf(home) === "aws") return EXAMPLE_ACCOUNT;
  const account = JSON.parse(translated(JSON.stringify(EXAMPLE_ACCOUNT), home)) as WatchedAccount;
  const unwatched = partitionRegions(home).filter((region) => region !== home);
  return { ...account, homeRegion: home, regions: { watched: [home], unwatched } };
}

/** For each example record, the ids of the detections that match it in the partition of a home region. */
function matchedIn(home: Region): { readonly record: CloudTrailRecord; readonly matched: readonly string[] }[] {
  const account = accountIn(home);
  const evaluators = detections.map((detection) => {
    if ("patterns" in detection) {
      const patterns = detection.patterns.map((text) => compileFilterPattern(text));
      return (_: CloudTrailRecord, event: ParsedEvent) => patterns.some((pattern) => pattern.matchesEvent(event));
    }
    const predicates = conditionsFor(detection, account).map(predicate);
    return (record: CloudTrailRecord) => predicates.some((matches) => matches(record));
  });
  return records.map((original) => {
    const text = translated(JSON.stringify(original), home);
    const record = JSON.parse(text) as CloudTrailRecord;
    const event = parseEvent(text);
    return { record, matched: detections.flatMap(({ id }, index) => (evaluators[index]?.(record, event) ? [id] : [])) };
  });
}

const standard = matchedIn("eu-west-1");

test("the standard partition's records stay as they are", () => {
  expect(new Set(standard.flatMap(({ matched }) => matched)).size).toBe(detections.length);
});

describe.each(["us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1"] as const)(
  "with home region %s",
  (home) => {
    const translatedRecords = matchedIn(home);

    test("no record names another partition", () => {
      const text = JSON.stringify(translatedRecords.map(({ record }) => record));
      expect(text).not.toMatch(/arn:aws:|console\.aws\.amazon/);
      const named = text.match(/(?<![\w-])[a-z]{2}(?:-gov)?-(?:north|south|east|west|central)[a-z]*-\d(?!\w)/g) ?? [];
      expect([...new Set(named)].filter((region) => partitionOf(region) !== partitionOf(home))).toEqual([]);
    });

    test("every example raises the detections that it raises in the standard partition", () => {
      const differing = translatedRecords.flatMap(({ record, matched }, index) => {
        const expected = standard[index]?.matched ?? [];
        const changed = [
          ...expected.filter((id) => !matched.includes(id)).map((id) => `without ${id}`),
          ...matched.filter((id) => !expected.includes(id)).map((id) => `also ${id}`),
        ];
        return changed.length === 0
          ? []
          : [`${String(record.eventName)}: ${changed.join(", ")} ${JSON.stringify(record)}`];
      });
      expect(differing).toEqual([]);
    });
  },
);
