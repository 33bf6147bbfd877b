import { stripVTControlCharacters } from "node:util";

/** Something that `cdktf deploy` reports while it runs. */
export type DeployEvent =
  | { readonly type: "started"; readonly stack: string }
  | { readonly type: "resource"; readonly stack: string; readonly address: string }
  | { readonly type: "applied"; readonly stack: string; readonly changes: Changes }
  | { readonly type: "failed"; readonly stack: string; readonly text: string };

/** Resources that an apply touched. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** `<stack>  <first line of a message>`; further lines of the message are indented to the same column. */
const FIRST_LINE = /^([A-Za-z0-9][\w-]*) {2}(.*)$/;
/**
 * Terraform initializes all stacks first, one after another. The work on a stack begins when its apply does something.
 */
const WORK_BEGINS =
  /: (Refreshing state|Reading|Opening|Creating)\.\.\.|^Terraform used the selected providers|^No changes\./;
const RESOURCE_DONE = /^(\S+)(?: \(.*?\))?: (?:Creation|Modifications|Destruction) complete after /;
const APPLIED = /^Apply complete! Resources: (\d+) added, (\d+) changed, (\d+) destroyed\./;
const ERROR = /^Error: /;
/** Lines of the CLI itself, which end the message of the last stack. */
const CLI_LINE = /^\d+ Stacks? deploying|^Invoking Terraform CLI failed/;

/** Parses the output of `cdktf deploy` line by line, in the format it has without a terminal. */
export class DeployOutput {
  private stack: string | undefined;
  private readonly started = new Set<string>();
  /** Terraform prints errors last: after a stack's first error line, its remaining output belongs to the error. */
  private readonly errors = new Map<string, string[]>();

  /** Returns the events that a line contains. */
  public read(raw: string): DeployEvent[] {
    const line = stripVTControlCharacters(raw).trimEnd();
    const text = this.textOf(line);
    const { stack } = this;
    if (stack === undefined || text === undefined) return [];

    const errorLines = this.errors.get(stack) ?? (ERROR.test(text) ? [] : undefined);
    if (errorLines !== undefined) {
      this.errors.set(stack, [...errorLines, text]);
      return [];
    }
    const events: DeployEvent[] = [];
    if (WORK_BEGINS.test(text) && !this.started.has(stack)) {
      this.started.add(stack);
      events.push({ type: "started", stack });
    }
    const address = RESOURCE_DONE.exec(text)?.[1];
    if (address !== undefined) events.push({ type: "resource", stack, address });
    const applied = APPLIED.exec(text);
    if (applied !== null) {
      const [added = 0, changed = 0, destroyed = 0] = applied.slice(1).map(Number);
      events.push({ type: "applied", stack, changes: { added, changed, destroyed } });
    }
    return events;
  }

  /** The complete errors of the failed stacks, once the output has ended. */
  public failures(): Extract<DeployEvent, { type: "failed" }>[] {
    return [...this.errors].map(([stack, lines]) => ({ type: "failed", stack, text: lines.join("\n").trim() }));
  }

  private textOf(line: string): string | undefined {
    if (CLI_LINE.test(line)) {
      this.stack = undefined;
      return undefined;
    }
    const first = FIRST_LINE.exec(line);
    if (first !== null) {
      this.stack = first[1];
      return first[2];
    }
    const indent = " ".repeat((this.stack?.length ?? 0) + 2);
    if (line === "") return "";
    return line.startsWith(indent) ? line.slice(indent.length) : undefined;
  }
}
