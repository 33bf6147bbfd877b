import { PACKS } from "../../../detections/catalogue";
import { ROLE_PACKS } from "../../../organization/resolve/role-packs";
import { MEMBER, ORGANIZATION, account, complaints } from "../accounts-folder";

const MANAGEMENT = account("management", "111122223333", "management");
const CHECKERS = "checkers accept its filters on a trail's log group only";
const ADVICE = "choose feed account-trail, or have it in the management account, on feed organization-trail";

const member = (lines: string) => complaints({ "workloads.yaml": `${MEMBER}${lines}\n` });

test.each(Object.entries(ROLE_PACKS))("the packs of role %s are in the catalogue", (_role, packs) => {
  expect(PACKS.map(({ id }) => id)).toEqual(expect.arrayContaining([...packs]));
});

test("packs are named once", () => {
  expect(member("packs: [access, secrets, access]")).toEqual([
    "'packs[2]' must be listed once, got 'access' (at workloads.yaml:4:26)",
  ]);
  expect(complaints({ "organization.yaml": `${ORGANIZATION}packs: { member: [access, access] }\n` })).toEqual([
    "'packs.member[1]' must be listed once, got 'access' (at organization.yaml:6:27)",
  ]);
});

describe("pack cis on feed event-bus", () => {
  test("is refused in an account's own packs", () => {
    const refusal = `'packs[1]' must not be 'cis' on feed event-bus: ${CHECKERS}, got 'cis' (at workloads.yaml:4:17); ${ADVICE}`;
    expect(member("packs: [access, cis]")).toEqual([refusal]);
    expect(member("packs: [access, cis]\nfeed: event-bus")).toEqual([refusal]);
  });

  test("is refused once in the packs of a role", () => {
    const changes = {
      "organization.yaml": `${ORGANIZATION}packs:\n  member: [cis]\n`,
      "zoo.yaml": account("zoo", "555566667777"),
    };
    expect(complaints(changes)).toEqual([
      `'packs.member[0]' must be a pack that feed event-bus can carry: ${CHECKERS}, got 'cis' (at organization.yaml:7:12); workloads.yaml has that feed, and 1 more: ${ADVICE}`,
    ]);
  });

  test("is rejected if the management account does not use the organization trail", () => {
    const text = `${MANAGEMENT}feed: event-bus\n`;
    expect(complaints({ "management.yaml": text })).toEqual([
      `'feed' must be a trail while pack 'cis' is on, as it is for role management by default: ${CHECKERS}, got 'event-bus' (at management.yaml:4:7); or give packs without 'cis'`,
    ]);
    expect(complaints({ "management.yaml": `${text}packs: [access]\n` })).toEqual([]);
  });

  test("is accepted on another feed", () => {
    expect(member("packs: [cis]\nfeed: account-trail")).toEqual([]);
    expect(complaints({ "management.yaml": `${MANAGEMENT}packs: [cis]\n` })).toEqual([]);
  });

  test("is not checked while the feed is invalid", () => {
    expect(member("packs: [cis]\nfeed: bus")).toEqual([expect.stringContaining("'feed' must be one of")]);
  });
});
