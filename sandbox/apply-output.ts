/** What happened to a stack during a deployment. */
export type DeployEvent =
  | { readonly type: "resource"; readonly stack: string; readonly address: string }
  /** Everything that others need of it is there, although it is still being applied. */
  | { readonly type: "usable"; readonly stack: string }
  | { readonly type: "applied"; readonly stack: string; readonly seconds: number };

/** Resources that an apply touched. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** The parts that are read of a line of `terraform apply -json`. Source: Terraform, "Machine-Readable UI". */
interface Message {
  readonly "@message": string;
  readonly type?: string;
  readonly hook?: { readonly action?: string; readonly resource?: { readonly addr?: string } };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
  readonly diagnostic?: Diagnostic;
}

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
}

/** What a run of HCP Terraform prints of the same, as text, whatever it is asked for. */
const DONE_TEXT = /^(.+?): (?:Creation|Modifications|Destruction) complete after /;
const APPLIED_TEXT = /^Apply complete! Resources: (?:\d+ imported, )?(\d+) added, (\d+) changed, (\d+) destroyed\.$/;

/** Reads what `terraform apply -json` prints, line by line. */
export class ApplyOutput {
  /** The complete errors. */
  public readonly errors: string[] = [];
  /** What was applied. */
  public changes: Changes = { added: 0, changed: 0, destroyed: 0 };

  /**
   * @returns the line for people, and the address of the resource that it reports as done
   */
  public read(line: string): { readonly text: string; readonly done?: string } {
    const message = parsed(line);
    if (message === undefined) return this.readText(line);
    const { type, hook, changes, diagnostic } = message;
    if (diagnostic !== undefined) {
      const text = textOf(diagnostic);
      if (diagnostic.severity === "error") this.errors.push(text);
      return { text };
    }
    if (type === "change_summary" && changes?.operation === "apply") {
      this.changes = { added: changes.add, changed: changes.change, destroyed: changes.remove };
    }
    // Data sources are reported, too.
    const isDone = type === "apply_complete" && hook?.action !== "read";
    return { text: message["@message"], done: isDone ? hook?.resource?.addr : undefined };
  }

  private readText(text: string): { readonly text: string; readonly done?: string } {
    const [, ...numbers] = APPLIED_TEXT.exec(text) ?? [];
    const [added, changed, destroyed] = numbers.map(Number);
    if (added !== undefined && changed !== undefined && destroyed !== undefined)
      this.changes = { added, changed, destroyed };
    const [, done] = DONE_TEXT.exec(text) ?? [];
    return done === undefined ? { text } : { text, done };
  }
}

/** Undefined: Terraform prints some messages as plain text, such as those about its configuration, and of remote runs. */
function parsed(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "@message" in value ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

/** As Terraform prints it for people. */
function textOf({ severity, summary, detail = "", address, range }: Diagnostic): string {
  const places = [
    ...(address === undefined ? [] : [`  with ${address}`]),
    ...(range === undefined ? [] : [`  on ${range.filename} line ${range.start.line}`]),
  ];
  const head = `${severity === "error" ? "Error" : "Warning"}: ${summary}`;
  return [head, places.join(",\n"), detail].filter((part) => part !== "").join("\n\n");
}
