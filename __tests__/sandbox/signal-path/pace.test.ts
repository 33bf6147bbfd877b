import { machineClock } from "../../../sandbox/signal-path/clock";
import { Pace } from "../../../sandbox/signal-path/pace";

const { signal } = new AbortController();

async function milliseconds(wait: Promise<void>): Promise<number> {
  const begin = Date.now();
  await wait;
  return Date.now() - begin;
}

const after = (pace: Pace, delay: number) => milliseconds(pace.after(Date.now(), delay, machineClock, signal));

test("divides a delay by the speed", async () => {
  const passed = await after(new Pace(100), 10_000);
  // Each reading of the clock is rounded; a busy machine is slow.
  expect(passed).toBeGreaterThanOrEqual(90);
  expect(passed).toBeLessThan(10_000);
});

test("what waits continues at a new speed", async () => {
  const pace = new Pace(1);
  const waiting = after(pace, 60_000);
  pace.set(600);
  expect(await waiting).toBeLessThan(60_000);
});

test("nothing passes while paused, not even what is due", async () => {
  const pace = new Pace(600);
  pace.pause();
  let count = 0;
  const waiting = [after(pace, 0), after(pace, 600)].map((wait) => wait.then(() => (count += 1)));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(count).toBe(0);
  expect(pace.speed).toBe(600);
  pace.resume();
  await Promise.all(waiting);
  expect(count).toBe(2);
});

test.each([true, false])("an abort ends the wait, paused: %s", async (isPaused) => {
  const pace = new Pace(1);
  if (isPaused) pace.pause();
  const end = new AbortController();
  const waiting = pace.after(Date.now(), 60_000, machineClock, end.signal);
  end.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
});
