import { patience } from "../../../sandbox/scenarios/context";

const SECOND = 1000;

test.each([
  // Five minutes until a trail's log group has the call, one until the alarm is evaluated, and one for this machine.
  [1, 420 * SECOND],
  [2, 240 * SECOND],
  [60, 66 * SECOND],
  [600, 60.6 * SECOND],
])("at a speed of %d a hop is waited for as long as AWS would take, divided, and a minute", (speed, milliseconds) => {
  expect(patience(speed)).toBe(milliseconds);
});
