import { AlarmBoard } from "../../../sandbox/signal-path/alarm-board";
import { stateReason } from "../../../sandbox/signal-path/alarm-reason";
import { ACCOUNT, accountWith, liveAlarm, MINUTE, NOW, REGION } from "./alarms";

const METRIC = { account: ACCOUNT, region: REGION, namespace: "Trailwatch", metricName: "reads" };

function boardWith(...settings: Parameters<typeof liveAlarm>[0][]) {
  const board = new AlarmBoard(NOW);
  board.deploy([accountWith(...settings.map(liveAlarm))]);
  const add = (count: number, at = NOW + 1000, metric = METRIC) => {
    for (let value = 0; value < count; value++) board.add(metric, { timestamp: at, value: 1 });
  };
  const changes = (at: number) =>
    board.evaluate(at).map(({ alarm, transition: { from, to } }) => `${alarm.name}: ${from} -> ${to}`);
  return { board, add, changes };
}

test("the running minute counts as complete, and the threshold is met exactly", () => {
  const { add, changes } = boardWith({});
  add(2);
  expect(changes(NOW + 2000)).toEqual([]);
  add(1);
  expect(changes(NOW + 3000)).toEqual(["reads: OK -> ALARM"]);
  expect(changes(NOW + 4000)).toEqual([]);
});

test("values of another account, region or namespace are another metric", () => {
  const { add, changes } = boardWith({});
  add(3, NOW, { ...METRIC, account: "222222222222" });
  add(3, NOW, { ...METRIC, region: "us-east-1" });
  add(3, NOW, { ...METRIC, namespace: "LogMetrics" });
  expect(changes(NOW + 2000)).toEqual([]);
});

test("an alarm that is put again with another threshold keeps its values and its state", () => {
  const { board, add, changes } = boardWith({});
  add(3);
  expect(changes(NOW + 2000)).toEqual(["reads: OK -> ALARM"]);
  const put = liveAlarm({ threshold: 2, stateReason: "Unchecked: Initial alarm creation" });
  // moto answers OK, its first state: the state must be set again.
  expect(board.deploy([accountWith(put)])).toMatchObject([{ account: ACCOUNT, state: "ALARM" }]);
  expect(changes(NOW + 3000)).toEqual([]);
  expect(board.states()).toMatchObject([{ threshold: 2, state: "ALARM", account: ACCOUNT }]);
});

test("a state that is set manually remains until the next evaluation", () => {
  const { board, changes } = boardWith({});
  const place = { account: ACCOUNT, region: REGION, name: "reads" };
  expect(board.force({ ...place, name: "none" }, "ALARM")).toBeUndefined();
  expect(board.force(place, "ALARM")).toMatchObject({ from: "OK" });
  expect(changes(NOW)).toEqual(["reads: ALARM -> OK"]);
});

test("an alarm on missing data is evaluated only after a whole window", () => {
  const { changes } = boardWith({ treatMissingData: "breaching", evaluationPeriods: 2 });
  expect(changes(NOW + 2 * MINUTE - 1)).toEqual([]);
  expect(changes(NOW + 2 * MINUTE)).toEqual(["reads: OK -> ALARM"]);
});

test("an alarm that is deleted is not evaluated", () => {
  const { board, add, changes } = boardWith({});
  add(3);
  board.deploy([accountWith()]);
  expect(changes(NOW + 2000)).toEqual([]);
});

test("the reason is in CloudWatch's words", () => {
  const { board, add } = boardWith({});
  add(4);
  const [change] = board.evaluate(NOW + 2000);
  if (change === undefined) throw new Error("a change was expected");
  const { reason, reasonData } = stateReason(change.alarm, change.transition, change.end);
  expect(reason).toBe(
    "Threshold Crossed: 1 out of the last 1 datapoint [4.0 (22/11/26 20:30:00)] was greater than or equal to the threshold (3.0) (minimum 1 datapoint for OK -> ALARM transition).",
  );
  expect(JSON.parse(reasonData)).toMatchObject({ statistic: "Sum", period: 60, threshold: 3, recentDatapoints: [4] });
});

test("so is the reason of missing values", () => {
  const { board } = boardWith({ state: "ALARM" });
  const [change] = board.evaluate(NOW);
  if (change === undefined) throw new Error("a change was expected");
  expect(stateReason(change.alarm, change.transition, change.end).reason).toBe(
    "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
  );
});
