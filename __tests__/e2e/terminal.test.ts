import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { writeOrganization } from "../../bench/support/generated-organization";
import { CTRL_C, Terminal } from "../support/terminal";

// The README's first command, as a user runs it: in a terminal. Two runs, of the smallest organization that can run a
// scenario: 'npm start' has one work folder, so they come one after the other.

const MINUTE = 60_000;
// Other tests use the processors meanwhile.
jest.setTimeout(15 * MINUTE);

const ACCOUNTS = resolve(".trailwatch/e2e-terminal-accounts");
const COLUMNS = 80;
/** Everything that a run starts inherits it. */
const MARK = `TRAILWATCH_TEST_RUN=${process.pid}-${Date.now()}`;
const [MARK_NAME = "", MARK_VALUE] = MARK.split("=");

let terminal: Terminal;

function start(...args: readonly string[]): Terminal {
  const env = { TRAILWATCH_ACCOUNTS: ACCOUNTS, [MARK_NAME]: MARK_VALUE };
  return new Terminal("npm", ["start", "--", ...args], { columns: COLUMNS, env });
}

beforeAll(() => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
  const settings = "packs: { management: [], log-archive: [], member: [secrets] }\n";
  writeOrganization(ACCOUNTS, 3, { homeRegion: "us-east-1", settings });
});
afterEach(() => {
  terminal.kill();
});
afterAll(() => {
  rmSync(ACCOUNTS, { recursive: true, force: true });
});

/** Command lines of what the runs started and is still there; on a system without /proc none is found. */
function leftRunning(): string[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(MARK)
          ? [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")]
          : [];
      } catch {
        // It ended meanwhile, or is another user's.
        return [];
      }
    });
}

test("npm start -- --once exits by itself, with a table of the deployed stacks", async () => {
  terminal = start("--once");
  expect(await terminal.ended).toBe(0);
  const { plain, lines, isCursorShown } = terminal;
  expect(plain).toMatch(/✔ Create the state bucket\n/);
  expect(plain).toMatch(
    /^stack +account +resources +seconds\n(?:\S+ +\S+ +\d+ +(?:\d+|continues)\n)+\n\d+ AWS calls were answered\.$/m,
  );
  expect(plain).toContain("\nScenario 'read-secret' had the expected result.\n");
  expect(plain).toMatch(/^All \d+ stacks are applied as a whole\.$/m);
  expect(lines.filter((line) => line.length > COLUMNS)).toEqual([]);
  expect(isCursorShown).toBe(true);
  expect(leftRunning()).toEqual([]);
});

test("npm start waits for Enter and for the confirmation, and Ctrl-C then stops everything that it started", async () => {
  // With one account, it comes to its prompt sooner.
  terminal = start("--account", "team-0001");
  await terminal.until("Or press Enter to run scenario 'read-secret' in this terminal.");
  expect(terminal.plain).toMatch(
    /Open this page; its three steps lead to an alarm and its mail:\s+http:\/\/127\.0\.0\.1:45\d\d\//,
  );
  terminal.press("\r");
  await terminal.until("Or press Enter to confirm all of them.");
  expect(leftRunning().join("\n")).toContain("moto_server");
  terminal.press(CTRL_C);
  expect(await terminal.ended).toBe(130);
  expect(terminal.plain).toMatch(/\nShutting down \.\.\.\n/);
  expect(terminal.plain).not.toContain("had the expected result");
  expect(terminal.isCursorShown).toBe(true);
  expect(leftRunning()).toEqual([]);
});
