import { inParallel } from "../../verification/in-parallel";

test("works on no more than so many at a time, and keeps their order", async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([3, 1, 2, 0], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running--;
    return item * 10;
  });
  expect(results).toEqual([30, 10, 20, 0]);
  expect(most).toBe(2);
});

test("of nothing comes nothing", async () => {
  expect(await inParallel([], 2, () => Promise.reject(new Error("never")))).toEqual([]);
});
