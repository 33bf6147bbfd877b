import { SHOW_CURSOR, typeScriptIn, type Terminal, type TerminalOptions } from "../support/terminal";

const running = new Set<Terminal>();
afterEach(() => {
  for (const terminal of running) terminal.kill();
  running.clear();
});

function display(ending: string, options: TerminalOptions = {}): Terminal {
  const terminal = typeScriptIn("__tests__/terminal/deploy-display.ts", [ending], options);
  running.add(terminal);
  return terminal;
}

test.each([
  [60, "succeeds", "1"],
  [100, "one-first", "continues"],
])("ends before the bootstrap does, in %s columns: %s", async (columns, ending, seconds) => {
  const terminal = display(ending, { columns });
  expect(await terminal.ended).toBe(0);
  expect(terminal.plain).toMatch(new RegExp(`\\nlog-archive .* ${seconds}\\n`));
  if (seconds === "continues") expect(terminal.plain).toContain("↓ log-archive: continues");
  expect(terminal.plain).toMatch(/\nstate-backend .* continues\n/);
  expect(terminal.plain).toMatch(/\nall deployed\n$/);
  expect(terminal.lines.filter((line) => line.length > columns)).toEqual([]);
  expect(terminal.isCursorShown).toBe(true);
});

test("a terminal without a size is taken for one of 80 columns", async () => {
  const terminal = display("succeeds", { columns: 1, stty: "cols 0 rows 0" });
  expect(await terminal.ended).toBe(0);
  expect(terminal.lines).toContain("  ✔ log-archive: 3 of 3 resources");
});

test("NO_COLOR takes the colours away, and nothing else, in 80 columns", async () => {
  const terminal = display("succeeds", { env: { NO_COLOR: "1" } });
  expect(await terminal.ended).toBe(0);
  expect(terminal.hasColours).toBe(false);
  expect(terminal.hasSequences).toBe(true);
  expect(terminal.lines.filter((line) => line.length > 80)).toEqual([]);
});

test("TERM=dumb gets a line for each step", async () => {
  const terminal = display("succeeds", { env: { TERM: "dumb" } });
  expect(await terminal.ended).toBe(0);
  expect(terminal.hasSequences).toBe(false);
  expect(terminal.lines.filter((line) => line.endsWith("Create the state bucket"))).toHaveLength(2);
});

test.each(["bootstrap-fails", "interrupted"])(
  "%s: the display ends, and nothing is painted over what follows",
  async (ending) => {
    const terminal = display(ending);
    expect(await terminal.ended).toBe(0);
    const [, after] = terminal.output.split(/failed: .*\r\n/);
    expect(after?.replaceAll(SHOW_CURSOR, "")).toBe("");
    expect(terminal.isCursorShown).toBe(true);
  },
);
