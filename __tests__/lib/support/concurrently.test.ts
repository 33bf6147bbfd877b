import { setImmediate as soon } from "node:timers/promises";
import { concurrently } from "../../../lib/support/concurrently";

/** Results, and how many were at work at a time. */
async function measured(limit: number, count: number) {
  let [running, most] = [0, 0];
  const items = Array.from({ length: count }, (_, item) => item);
  const results = await concurrently(limit, items, async (item) => {
    running += 1;
    most = Math.max(most, running);
    // Later items are done sooner.
    for (let wait = item; wait < count; wait += 1) await soon();
    running -= 1;
    return item * 2;
  });
  return { results, most };
}

test.each([
  [4, 9, 4],
  [4, 3, 3],
  [4, 0, 0],
])("%i at a time of %i: %i at work, results in order", async (limit, count, most) => {
  expect(await measured(limit, count)).toEqual({ results: Array.from({ length: count }, (_, item) => item * 2), most });
});

test("the first failure is everybody's", async () => {
  const work = (item: number) => (item === 2 ? Promise.reject(new Error("two")) : Promise.resolve(item));
  await expect(concurrently(2, [1, 2, 3], work)).rejects.toThrow("two");
});
