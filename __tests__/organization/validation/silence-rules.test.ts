import { secrets } from "../../../detections/packs/secrets";
import { MEMBER, ORGANIZATION, account, complaints } from "../accounts-folder";

const rule = "must name at least one subscriber, or an existing topic: an alarm without a subscriber notifies no one";
const silent = ORGANIZATION.replace(/notifications.*\n/, "packs: { management: [], log-archive: [] }\n");

const member = (lines: string) => complaints({ "workloads.yaml": `${MEMBER}${lines}\n` });

describe("an alarm without subscribers", () => {
  test("is rejected once in the account that has no subscribers for alerts", () => {
    expect(member("notifications:\n  alerts: {}")).toEqual([
      `'notifications.alerts' ${rule}, got '{}' (at workloads.yaml:5:3)`,
    ]);
  });

  test("is rejected in the account that has no subscribers for notices", () => {
    const notifications = "notifications:\n  alerts: { email: [a@example.com] }\n  notices: { email: [] }";
    expect(member(notifications)).toEqual([
      `'notifications.notices' ${rule}, got '{ email: [] }' (at workloads.yaml:6:3)`,
    ]);
  });

  test("is refused once for all accounts that rely on the organization", () => {
    const changes = { "organization.yaml": silent, "zoo.yaml": account("zoo", "555566667777") };
    expect(complaints(changes)).toEqual([
      `'notifications.alerts' ${rule}, got nothing (at organization.yaml:1:1); workloads.yaml relies on it, and 1 more`,
    ]);
  });

  test("is refused for one such account, too, on each topic", () => {
    const text = `${silent}notifications: { alerts: {}, notices: {} }\n`;
    expect(complaints({ "organization.yaml": text })).toEqual([
      `'notifications.alerts' ${rule}, got '{}' (at organization.yaml:6:18); workloads.yaml relies on it`,
      `'notifications.notices' ${rule}, got '{}' (at organization.yaml:6:30); workloads.yaml relies on it`,
    ]);
  });

  test("does not exist where no pack is on", () => {
    expect(member("packs: []\nnotifications: { alerts: {} }")).toEqual([]);
    expect(complaints({ "organization.yaml": silent, "workloads.yaml": `${MEMBER}packs: []\n` })).toEqual([]);
  });

  test("does not exist where every detection is off", () => {
    const [first = "", ...others] = secrets.detections.map(({ id }) => `  ${id}: { enabled: false }\n`);
    const text = `packs: [secrets]\nnotifications: { alerts: {} }\ndetections:\n${others.join("")}`;
    expect(member(text)).toEqual([expect.stringContaining("'notifications.alerts' must name")]);
    expect(member(text + first)).toEqual([]);
  });

  test("does not exist if the account has subscribers", () => {
    const own = 'notifications: { alerts: { https: ["https://example.com/alerts"] } }\n';
    expect(complaints({ "organization.yaml": silent, "workloads.yaml": MEMBER + own })).toEqual([]);
  });

  test("is not checked while packs or settings are invalid", () => {
    expect(member("packs: [nothing]\nnotifications: { alerts: {} }")).toEqual([
      expect.stringContaining("'packs[0]' must be one of"),
    ]);
  });
});
