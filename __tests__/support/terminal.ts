import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { type IPty, spawn } from "@lydell/node-pty";
import { buildSync } from "esbuild";

/** How a program is started in a terminal. */
export interface TerminalOptions {
  /** @default 80 */
  readonly columns?: number;
  readonly cwd?: string;
  /** Settings of the terminal that the library cannot make, as `stty` takes them. */
  readonly stty?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a test's own surroundings say about terminals is not what the program shall see. */
const NEUTRAL = {
  TERM: "xterm-256color",
  CI: undefined,
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  NODE_OPTIONS: undefined,
};

const ESCAPE = "\u001b[";
export const HIDE_CURSOR = "\u001b[?25l";
export const SHOW_CURSOR = "\u001b[?25h";
export const CTRL_C = "\u0003";
export const CTRL_D = "\u0004";

/** A program in a pseudo-terminal: it sees a terminal of a given width, and the test sees what it writes and presses keys. */
export class Terminal {
  /** Everything that was written. */
  public output = "";
  /** Resolves with the exit code, as a shell gives it. */
  public readonly ended: Promise<number>;

  private readonly pty: IPty;
  private readonly waiting = new Set<() => void>();
  private hasEnded = false;

  constructor(command: string, args: readonly string[], options: TerminalOptions = {}) {
    const { columns = 80, cwd = process.cwd(), env = {}, stty } = options;
    const [file, rest] =
      stty === undefined ? [command, args] : ["sh", ["-c", `stty ${stty}; exec "$0" "$@"`, command, ...args]];
    const all = Object.entries({ ...process.env, ...NEUTRAL, ...env }).filter(([, value]) => value !== undefined);
    this.pty = spawn(file, [...rest], { cols: columns, rows: 40, cwd, env: Object.fromEntries(all) });
    this.pty.onData((text) => {
      this.output += text;
      for (const check of this.waiting) check();
    });
    this.ended = new Promise((resolve) => {
      this.pty.onExit(({ exitCode, signal = 0 }) => {
        this.hasEnded = true;
        for (const check of this.waiting) check();
        resolve(signal === 0 ? exitCode : 128 + signal);
      });
    });
  }

  /** Resolves once it was written; rejects if the program ends before. */
  public async until(text: string | RegExp): Promise<void> {
    const isThere = (): boolean => (typeof text === "string" ? this.plain.includes(text) : text.test(this.plain));
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (!isThere() && !this.hasEnded) return;
        this.waiting.delete(check);
        if (isThere()) resolve();
        else reject(new Error(`the program ended without ${String(text)}:\n${this.plain}`));
      };
      this.waiting.add(check);
      check();
    });
  }

  public press(keys: string): void {
    this.pty.write(keys);
  }

  /** Ends the program if it still runs. */
  public kill(): void {
    if (!this.hasEnded) this.pty.kill("SIGKILL");
  }

  /** What was written, without the sequences that move the cursor and set colours. */
  public get plain(): string {
    return stripVTControlCharacters(this.output).replaceAll("\r\n", "\n");
  }

  /** Each line as it was written to one line of the screen. */
  public get lines(): string[] {
    return this.plain.split(/[\r\n]/);
  }

  /** What is left on the screen of lines that were replaced: their last text. Not for displays of several lines. */
  public get left(): string {
    return this.plain.replace(/^.*\r/gm, "");
  }

  public get hasColours(): boolean {
    // "0m" and "m" alone put back what was there before.
    return this.output
      .split(ESCAPE)
      .slice(1)
      .some((text) => /^(?!0?m)[\d;]*m/.test(text));
  }

  public get hasSequences(): boolean {
    return this.output.includes(ESCAPE);
  }

  /** Whether the program left the cursor as it found it. */
  public get isCursorShown(): boolean {
    return this.output.lastIndexOf(SHOW_CURSOR) >= this.output.lastIndexOf(HIDE_CURSOR);
  }
}

const programs = mkdtempSync(join(tmpdir(), "trailwatch-programs-"));
afterAll(() => {
  rmSync(programs, { recursive: true });
});

/** A TypeScript file of the project in a terminal. It is bundled once, as one file starts in a third of the CPU time. */
export function typeScriptIn(file: string, args: readonly string[], options?: TerminalOptions): Terminal {
  const outfile = join(programs, `${basename(file)}.cjs`);
  if (!existsSync(outfile)) buildSync({ entryPoints: [file], outfile, bundle: true, platform: "node", format: "cjs" });
  return new Terminal(process.execPath, [outfile, ...args], options);
}
