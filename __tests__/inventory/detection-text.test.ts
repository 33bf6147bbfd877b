import { parse } from "yaml";
import { setDetection } from "../../inventory/detection-text";

const TEXT = `name: payments   # short
role: member

detections:
  root-use:
    # why so
    threshold: 3   # three
    ignore:
      # the scanner
      - field: userAgent
        equals: x
        reason: y   # really

  secret-deleted: { severity: high }
packs: [guard]
`;

const ENTRY = { field: "errorCode", equals: "AccessDenied", reason: "Found: 3 of 4." };

test("changes a value, puts another beside it and adds to a list, and touches no other byte", () => {
  expect(setDetection(TEXT, "root-use", { threshold: 10, periodSeconds: 900, ignore: [ENTRY] })).toBe(
    TEXT.replace("threshold: 3   # three\n", "threshold: 10   # three\n    periodSeconds: 900\n").replace(
      "reason: y   # really\n",
      'reason: y   # really\n      - field: errorCode\n        equals: AccessDenied\n        reason: "Found: 3 of 4."\n',
    ),
  );
});

test("adds a detection, and the settings of detections where there are none", () => {
  expect(setDetection(TEXT, "trail-stopped", { periodSeconds: 900, ignore: [ENTRY] })).toContain(
    "  secret-deleted: { severity: high }\n  trail-stopped:\n    periodSeconds: 900\n    ignore:\n      - field: errorCode\n",
  );
  expect(setDetection("name: a\nrole: member\n", "root-use", { threshold: 2, ignore: [] })).toBe(
    "name: a\nrole: member\ndetections:\n  root-use:\n    threshold: 2\n",
  );
});

test("accepts entries in one line, too", () => {
  const changed = setDetection(TEXT, "secret-deleted", { threshold: 2, ignore: [ENTRY] });
  expect(parse(changed)).toMatchObject({
    detections: { "secret-deleted": { severity: "high", threshold: 2, ignore: [ENTRY] } },
  });
  expect(changed).toContain("# the scanner");
});

test("changes nothing where nothing is to be set", () => {
  expect(setDetection(TEXT, "root-use", { ignore: [] })).toBe(TEXT);
});
