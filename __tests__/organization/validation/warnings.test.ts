import { relative } from "node:path";
import { loadWithSources } from "../../../organization/load";
import { organizationWarnings } from "../../../organization/validation/warnings";
import { MEMBER, ORGANIZATION, accountsFolder } from "../accounts-folder";

const ignoring = (until: string) =>
  `detections:\n  root-use:\n    ignore:\n      - field: userAgent\n        equals: x\n        reason: y\n${until}`;

/** Warnings of a folder where both organization.yaml and workloads.yaml ignore something, in two files' order. */
function warnings(today: string): string[] {
  const folder = accountsFolder({
    "organization.yaml": ORGANIZATION + ignoring("        until: 2026-12-31\n"),
    "workloads.yaml": MEMBER + ignoring("        until: 2027-01-31\n"),
    "zoo.yaml": `name: zoo\nid: "555566667777"\nrole: member\n${ignoring("")}`,
  });
  const place = `${relative(process.cwd(), folder)}/`;
  return organizationWarnings(loadWithSources(folder), today).map((warning) => warning.replace(place, ""));
}

const passed = (day: string, place: string) =>
  `warning: 'detections.root-use.ignore[0].until' must not have passed, got '${day}' (at ${place}); its events are ignored still: remove the entry, or give it a later day`;

test.each([
  ["2026-12-31", []],
  ["2027-01-01", [passed("2026-12-31", "organization.yaml:12:16")]],
  ["2027-01-31", [passed("2026-12-31", "organization.yaml:12:16")]],
  ["2027-02-01", [passed("2026-12-31", "organization.yaml:12:16"), passed("2027-01-31", "workloads.yaml:10:16")]],
])("on %s", (today, expected) => {
  expect(warnings(today)).toEqual(expected);
});

test.each([
  [
    "userIdentity.sessionContext.sessionIssuer.userName",
    "equals: Nightly",
    "sessionContext.sessionIssuer.arn",
    "role/Nightly",
  ],
  [
    "userIdentity.sessionContext.sessionIssuer.userName",
    "matches: Night*",
    "sessionContext.sessionIssuer.arn",
    "role/Night*",
  ],
  ["userIdentity.userName", "equals: scanner", "arn", "user/scanner"],
])("an entry that trusts a name is reported with the ARN to use: %s, %s", (field, text, arnField, resource) => {
  const entry = ignoring("").replace("field: userAgent\n        equals: x", `field: ${field}\n        ${text}`);
  const folder = accountsFolder({ "organization.yaml": ORGANIZATION + entry, "workloads.yaml": MEMBER + entry });
  const found = organizationWarnings(loadWithSources(folder), "2026-01-01");
  const inAccount = `${text.slice(0, text.indexOf(":"))}: arn:aws:iam::333344445555:${resource}`;
  expect(found).toEqual([
    expect.stringContaining(`use 'field: userIdentity.${arnField}' with 'matches: arn:aws:iam::*:${resource}'`),
    expect.stringContaining(`use 'field: userIdentity.${arnField}' with '${inAccount}'`),
  ]);
});

test("a name beside other fields is reported, unless the ARN is among them", () => {
  const field = "userIdentity.sessionContext.sessionIssuer";
  const entry = (...others: string[]) => {
    const all = [`{ field: ${field}.userName, equals: Nightly }`, ...others].join(", ");
    return ignoring("").replace("field: userAgent\n        equals: x", `all: [${all}]`);
  };
  const found = (...others: string[]) => {
    const folder = accountsFolder({ "workloads.yaml": MEMBER + entry(...others) });
    return organizationWarnings(loadWithSources(folder), "2026-01-01");
  };
  expect(found("{ ipAddress: 10.0.0.0/8 }")).toEqual([
    expect.stringMatching(
      /'detections\.root-use\.ignore\[0\]\.all\[0\]\.field' must be a field that holds an ARN, .*workloads\.yaml:7:/,
    ),
  ]);
  expect(found(`{ field: ${field}.arn, matches: "arn:aws:iam::*:role/Nightly" }`)).toEqual([]);
});

test("an entry by ARN is not reported", () => {
  const arn = "arn:aws:iam::333333333333:role/Nightly";
  const entry = ignoring("").replace(
    "field: userAgent\n        equals: x",
    `field: userIdentity.sessionContext.sessionIssuer.arn\n        equals: ${arn}`,
  );
  const folder = accountsFolder({ "workloads.yaml": MEMBER + entry });
  expect(organizationWarnings(loadWithSources(folder), "2026-01-01")).toEqual([]);
});

test("an expired entry remains in effect", () => {
  const folder = accountsFolder({ "workloads.yaml": MEMBER + ignoring("        until: 2001-01-01\n") });
  const { organization } = loadWithSources(folder);
  expect(organization.accounts[2]?.detections["root-use"]?.ignore).toHaveLength(1);
});

test("alarms on the data events of every resource are pointed out: their number is the cost", () => {
  const entry = (more: string) => `trail: { dataEvents: [{ resourceType: AWS::S3::Object, ${more} }] }\n`;
  const warned = (more: string) =>
    organizationWarnings(
      loadWithSources(accountsFolder({ "organization.yaml": ORGANIZATION + entry(more) })),
      "2026-01-01",
    );
  expect(warned("alarms: true")).toEqual([
    expect.stringMatching(
      /^warning: 'trail\.dataEvents\[0\]' must choose resources by includeArns with 'alarms: true'/,
    ),
  ]);
  expect(warned("alarms: true, includeArns: ['arn:aws:s3:::a/']")).toEqual([]);
  expect(warned("alarms: false")).toEqual([]);
});
