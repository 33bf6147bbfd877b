import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const EVENTS = 800;
const SEED = 20261130;

interface Outcome {
  /** What is wrong with messages. */
  readonly found: readonly string[];
  /** Messages by topic. */
  readonly counts: Readonly<Record<"alerts" | "notices" | "chat", number>>;
}

// A process of its own: JSONata runs five times as long within Jest.
test(`${EVENTS} hostile events: each becomes one legal message, marked as what it is`, async () => {
  const script = join(__dirname, "hostile-events.run.ts");
  const args = ["--import", "tsx", script, String(EVENTS), String(SEED)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { found, counts } = JSON.parse(stdout) as Outcome;
  expect(found).toEqual([]);
  expect(counts.alerts + counts.notices).toBe(EVENTS);
  expect(Math.min(counts.notices, counts.chat)).toBeGreaterThan(10);
});
