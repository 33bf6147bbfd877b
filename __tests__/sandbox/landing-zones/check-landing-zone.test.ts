import { checkLandingZone } from "../../../sandbox/landing-zones";
import { ownTrail } from "../../../sandbox/landing-zones/own-trail";
import { testOrganization } from "../../support/organization";

const trail = { existing: { name: "theirs", logGroup: "group" } };
const archive = { existing: { bucket: "their-bucket", region: "eu-west-1" as const } };

test("an organization that uses what exists needs a landing zone", () => {
  const used = testOrganization({ trail, archive });
  expect(() => {
    checkLandingZone(undefined, used);
  }).toThrow(
    "a sandbox with 'trail.existing' and 'archive.existing' must begin with a trail and an archive, got an empty " +
      "organization: add --landing-zone control-tower or own-trail",
  );
  expect(() => {
    checkLandingZone(ownTrail, used);
    checkLandingZone(undefined, testOrganization());
  }).not.toThrow();
});
