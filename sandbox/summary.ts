/** A stack that was deployed, for people. */
export interface SummaryRow {
  readonly stack: string;
  readonly account: string;
  readonly resources: number;
  readonly seconds: number;
}

const HEADINGS = { stack: "stack", account: "account", resources: "resources", seconds: "seconds" } as const;
const COLUMNS = ["stack", "account", "resources", "seconds"] as const;

/** The table that ends a deployment: text to the left, numbers to the right. */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const lines = [HEADINGS, ...rows];
  const widths = COLUMNS.map((column) => Math.max(...lines.map((line) => String(line[column]).length)));
  return lines
    .map((line) =>
      COLUMNS.map((column, index) => {
        const text = String(line[column]);
        const width = widths[index] ?? 0;
        return column === "resources" || column === "seconds" ? text.padStart(width) : text.padEnd(width);
      }).join("  "),
    )
    .join("\n");
}

const VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_DEFAULT_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
] as const;

/** A command line that asks the sandbox something, for another terminal. */
export function awsCommandLine(env: NodeJS.ProcessEnv, command: string): string {
  const variables = VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]));
  return [...variables, `aws ${command}`].join(" ");
}
