import { apiCall } from "../../../../detections/example-record";
import type { DeployedAlarm, Deployment } from "../../../../signals/deployment/deployment";
import { readDeployment } from "../../../../signals/deployment/read-deployment";
import { parseRecord } from "../../../../signals/records/cloudtrail-record";
import { CountEvaluator } from "../../../../signals/replay/evaluation/count-evaluator";
import { Evaluator } from "../../../../signals/replay/evaluation/evaluator";
import { historiesOf } from "../../../../signals/tuning/histories";
import { ACCOUNT, folderOf, stackWith, trail } from "../../deployment/terraform-folder";

const STATISTICS = ["Sum", "Maximum", "Minimum", "SampleCount", "Average"] as const;

type Changes = Partial<Pick<DeployedAlarm, "statistic" | "threshold">>;

const { accounts } = readDeployment(folderOf({ "main.tf.json": stackWith(trail()) }));

const deploymentWith = (changes: Changes): Deployment => ({
  accounts: accounts.map((account) => ({
    ...account,
    alarms: account.alarms.map((alarm) => ({ ...alarm, ...changes })),
  })),
  warnings: [],
});

const TIMES = ["09:30:10", "09:30:20", "09:31:00", "10:00:00", "10:07:30"];

function evaluatorOf(changes: Changes): Evaluator {
  const evaluator = new Evaluator(deploymentWith(changes));
  for (const [index, time] of TIMES.entries()) {
    const changed = { recipientAccountId: ACCOUNT, eventTime: `2026-01-15T${time}Z`, eventID: `event-${index}` };
    evaluator.add(parseRecord(JSON.stringify(apiCall("kms", "DisableKey", changed))));
  }
  return evaluator;
}

const alarmsOf = (changes: Changes) =>
  evaluatorOf(changes)
    .report()
    .detections.flatMap(({ alarms }) => alarms);

test.each(STATISTICS)("one event raises an alarm with threshold 1: %s", (statistic) => {
  expect(alarmsOf({ statistic, threshold: 1 })).toEqual(alarmsOf({ statistic: "Sum", threshold: 1 }));
  expect(alarmsOf({ statistic, threshold: 1 }).length).toBeGreaterThan(0);
});

test("only sums and counts reach a higher threshold", () => {
  const raising = STATISTICS.filter((statistic) => alarmsOf({ statistic, threshold: 3 }).length > 0);
  expect(raising).toEqual(["Sum", "SampleCount"]);
});

test.each(STATISTICS)("counts per minute give the same: %s", (statistic) => {
  for (const threshold of [1, 2, 3]) {
    const counting = new CountEvaluator(deploymentWith({ statistic, threshold }));
    const [filter] = counting.feeds.flatMap(({ filters }) => filters);
    if (filter === undefined) throw new Error("no filter");
    for (const [at, events] of [
      ["09:30", 2],
      ["09:31", 1],
      ["10:00", 1],
      ["10:07", 1],
    ] as const) {
      const minute = Date.parse(`2026-01-15T${at}:00Z`);
      counting.add([filter], { minute, events, first: minute, last: minute });
    }
    expect(counting.report().flatMap(({ alarms }) => alarms)).toEqual(alarmsOf({ statistic, threshold }));
  }
});

test("thresholds are tried for the maximum as for the sum, where one event reaches the threshold", () => {
  const tuned = (changes: Changes) => historiesOf(evaluatorOf(changes));
  const { histories } = tuned({ statistic: "Maximum", threshold: 1 });
  expect(histories).toHaveLength(1);
  expect(histories[0]?.groups).toEqual(tuned({ statistic: "Sum", threshold: 1 }).histories[0]?.groups);
  expect(tuned({ statistic: "Maximum", threshold: 2 }).untunable).toMatchObject([
    { why: "its alarm is on something other than a number of events" },
  ]);
});
