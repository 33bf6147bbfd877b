import { all, matches, not } from "../../../detections/condition";
import { conditionsFor, type Detection, type WatchedAccount } from "../../../detections/detection";
import { EXAMPLE_ACCOUNT } from "../../../detections/example-account";
import { filterPatterns, holdsRegex } from "../../../detections/filter-pattern";
import { dataEvents } from "../../../detections/packs/data-events";
import { objectEncryptedWithForeignKey } from "../../../detections/packs/data-events/object-encrypted-with-foreign-key";
import { ALARMED_TYPES } from "../../../detections/packs/data-events/resource-types";

const IGNORED = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Builder_*";
const ignore = not(matches("userIdentity.sessionContext.sessionIssuer.arn", IGNORED));

function patternsIn(detection: Detection, changes: Partial<WatchedAccount>): string[] {
  if ("patterns" in detection) return [];
  const conditions = conditionsFor(detection, { ...EXAMPLE_ACCOUNT, ...changes });
  return conditions.flatMap((condition) => filterPatterns(all(condition, ignore), "$"));
}

test.each(ALARMED_TYPES)("data events of %s have detections, which other types do not turn on", (type) => {
  const others = ALARMED_TYPES.filter((other) => other !== type);
  const watching = (alarmedResourceTypes: readonly string[]) =>
    dataEvents.detections.filter((detection) => patternsIn(detection, { alarmedResourceTypes }).length > 0);
  const found = watching([type]);
  expect(found.length).toBeGreaterThan(0);
  expect(watching(others)).toEqual(dataEvents.detections.filter((detection) => !found.includes(detection)));
  expect(watching([])).toEqual([]);
});

test("keys outside the organization are recognized with up to 20 accounts, with room for an ignore entry", () => {
  const accounts = (count: number) =>
    Array.from({ length: count }, (_, index) => String(111_111_111_111 + index * 7_777_777));
  const patterns = (count: number) =>
    patternsIn(objectEncryptedWithForeignKey, { organizationAccounts: accounts(count) });
  expect(patterns(20).map(holdsRegex)).toEqual([false, true]);
  expect(patterns(21).map(holdsRegex)).toEqual([false]);
  expect(patterns(0).map(holdsRegex)).toEqual([false]);
});
