import { table } from "../lib/support/table";

/** A stack that was deployed, for people. */
export interface SummaryRow {
  readonly stack: string;
  readonly account: string;
  readonly resources: number;
  /** Undefined: it continues. */
  readonly seconds: number | undefined;
}

const HEADINGS = ["stack", "account", "resources", "seconds"] as const;
const NUMBERS = new Set([2, 3]);
const CONTINUES = "continues";

/** The table at the end of a deployment: text is left-aligned, numbers are right-aligned. */
export function summaryTable(rows: readonly SummaryRow[], width = Infinity): string {
  const cells = rows.map(({ stack, account, resources, seconds }) => [
    stack,
    account,
    `${resources}`,
    seconds === undefined ? CONTINUES : `${seconds}`,
  ]);
  return table([HEADINGS, ...cells], { width, right: NUMBERS }).join("\n");
}

const VARIABLES = [
  "AWS_ENDPOINT_URL",
  "AWS_DEFAULT_REGION",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
] as const;

/** A command line that queries the sandbox, for another terminal. */
export function awsCommandLine(env: NodeJS.ProcessEnv, command: string): string {
  const variables = VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [`${name}=${env[name]}`]));
  return [...variables, `aws ${command}`].join(" ");
}
