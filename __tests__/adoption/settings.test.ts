import { parse } from "yaml";
import { withSettings } from "../../adoption/settings";

const EXISTING = {
  trail: { name: "company", region: "eu-west-1", logGroup: "company" },
  archive: { bucket: "company-logs", region: "eu-west-1", prefix: "o-exampleorgid" },
};

const TEXT = `# ours
id: o-exampleorgid # the id
archive:
  # Bucket names are global.
  bucket: example-archive
  objectLock: { mode: COMPLIANCE, retentionDays: 365 }
tags: { owner: us } # every resource
trail:
  # A year.
  logRetentionDays: 365
  dataEvents: [{ resourceType: AWS::S3::Object }]
`;

test("the settings replace those of a trail and archive of Trailwatch's, and comments stay", () => {
  const text = withSettings(TEXT, EXISTING);
  expect(parse(text)).toEqual({
    id: "o-exampleorgid",
    archive: { existing: EXISTING.archive },
    tags: { owner: "us" },
    trail: { existing: EXISTING.trail },
  });
  for (const kept of ["# ours", "id: o-exampleorgid # the id", "tags: { owner: us } # every resource"]) {
    expect(text).toContain(kept);
  }
  expect(withSettings(text, EXISTING)).toBe(text);
});

test("with the archive of Trailwatch's, only the trail changes, and queries are off", () => {
  const text = withSettings(TEXT, { trail: EXISTING.trail });
  expect(parse(text)).toMatchObject({
    archive: { bucket: "example-archive" },
    trail: { existing: EXISTING.trail, dataEvents: [{ resourceType: "AWS::S3::Object" }] },
    athena: { enabled: false },
  });
});

test("nothing to reuse changes nothing", () => {
  expect(withSettings(TEXT, {})).toBe(TEXT);
});

test("values are text, whatever they contain", () => {
  const trail = { name: "no: # x", region: "eu-west-1", logGroup: "${file(1)}\n- *a" };
  expect(parse(withSettings(TEXT, { ...EXISTING, trail }))).toMatchObject({ trail: { existing: trail } });
});

describe("a folder that uses them already", () => {
  const USED = `trail:
  # LZA made it.
  existing:
    name: company # of 2021
    account: "111122223333"
    logGroup: old
archive:
  existing:
    bucket: company-logs
    region: eu-west-1
    # Legal wants two years.
    retentionDays: 730
    keyArn: arn:aws:kms:eu-west-1:222233334444:key/1a2b3c4d
    prefix: o-exampleorgid
`;

  test("keeps what adopt does not find, and comments", () => {
    const text = withSettings(USED, EXISTING);
    expect(parse(text)).toEqual({
      trail: { existing: { ...EXISTING.trail, account: "111122223333" } },
      archive: {
        existing: {
          ...EXISTING.archive,
          retentionDays: 730,
          keyArn: "arn:aws:kms:eu-west-1:222233334444:key/1a2b3c4d",
        },
      },
    });
    for (const kept of ["# LZA made it.", "# of 2021", "# Legal wants two years."]) expect(text).toContain(kept);
    expect(withSettings(text, EXISTING)).toBe(text);
  });

  test("another trail and bucket keep nothing of the former ones", () => {
    const other = {
      trail: { name: "other", region: "eu-west-1" },
      archive: { bucket: "other-logs", region: "eu-west-1" },
    };
    expect(parse(withSettings(USED, other))).toEqual({
      trail: { existing: other.trail },
      archive: { existing: other.archive },
    });
  });
});

test.each([
  "trail:\narchive:\n",
  "trail: {}\narchive: { bucket: mine }\n",
  "trail: { existing: null }\narchive:\n  bucket: mine",
])("settings are added to %j", (text) => {
  const written = withSettings(text, EXISTING);
  expect(parse(written)).toEqual({ trail: { existing: EXISTING.trail }, archive: { existing: EXISTING.archive } });
});
