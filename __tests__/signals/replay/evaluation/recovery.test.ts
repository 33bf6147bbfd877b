import { readDeployment } from "../../../../signals/deployment/read-deployment";
import { AlarmTally } from "../../../../signals/replay/evaluation/alarm-tally";
import { folderOf, stackWith, trail } from "../../deployment/terraform-folder";

const [deployed] = readDeployment(folderOf({ "main.tf.json": stackWith(trail()) })).accounts.flatMap(
  ({ alarms }) => alarms,
);
const HOUR = 3_600_000;

/** States to which an alarm on missing events changes, with one event in each of these hours. */
function changes(hours: readonly number[]): string[] {
  if (deployed === undefined) throw new Error("no alarm");
  const comparison = "LessThanThreshold";
  const rule = { comparison, threshold: 1, periodSeconds: 3600, evaluationPeriods: 2, treatMissingData: "breaching" };
  const tally = new AlarmTally({ ...deployed, ...rule, statistic: "Sum" } as typeof deployed);
  for (const hour of hours) {
    const timestamp = Date.parse("2026-01-10T00:05:00Z") + hour * HOUR;
    tally.add({ timestamp, value: 1, dimensions: {} });
    tally.seen(timestamp);
  }
  return tally.transitions().map(({ to }) => to);
}

test("an alarm on missing events recovers once after a gap, and not when the records begin", () => {
  expect(changes([0, 1, 2, 3])).toEqual([]);
  expect(changes([0, 1, 2, 7, 8])).toEqual(["ALARM", "OK"]);
});
