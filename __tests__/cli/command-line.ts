import { main } from "../../cli/main";

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: typeof process.exitCode;
}

/** Runs `trailwatch` with arguments, in this process, and gives what it printed. */
export function commandLine(): (...args: readonly string[]) => Promise<Ran> {
  const output: string[] = [];
  const errors: string[] = [];
  beforeEach(() => {
    output.length = 0;
    errors.length = 0;
    process.exitCode = 0;
    jest.spyOn(process.stdout, "write").mockImplementation((text) => output.push(String(text)) > 0);
    jest.spyOn(process.stderr, "write").mockImplementation((text) => errors.push(String(text)) > 0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.stdout.removeAllListeners("error");
    process.exitCode = 0;
  });
  return async (...args) => {
    await main(["node", "trailwatch", ...args]);
    return { stdout: output.splice(0).join(""), stderr: errors.splice(0).join(""), code: process.exitCode };
  };
}
