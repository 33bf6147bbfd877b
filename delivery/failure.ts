import { join } from "node:path";
import { quotaIn, quotaText } from "../lib/aws/quotas";
import { ERRORED_STATE } from "./plan-folder";
import { REMOTE_STATE } from "../lib/terraform/read/terraform-json";

/** Why Terraform failed, in a sentence that says what to do. */
export interface TerraformFailure {
  readonly kind: "locked" | "stale" | "no state" | "other";
  readonly reason: string;
}

const MAX_LENGTH = 600;

/** Reads the log of a failed run. The full log stays in the file. */
export function failureIn(log: string, stack: string, folder: string, command: string): TerraformFailure {
  const text = log.slice(Math.max(0, log.lastIndexOf("\n$ ")));
  if (/Error: Error acquiring the state lock/.test(text))
    return { kind: "locked", reason: locked(text, folder, command) };
  if (/Error: Saved plan is stale/.test(text)) {
    return {
      kind: "stale",
      reason: `the state changed after the plan was made: run 'trailwatch plan ${stack}' and look at it again`,
    };
  }
  const unread = new RegExp(`Unable to find remote state[\\s\\S]*?terraform_remote_state\\.${REMOTE_STATE}([\\w-]+)`);
  const missing = unread.exec(text)?.[1];
  if (missing !== undefined) return { kind: "no state", reason: `not planned: ${missing} has no state yet` };
  const error = firstError(text);
  const quota = quotaIn(error);
  const reason = quota === undefined ? error : `${quotaText(quota)}. AWS answered: ${error}`;
  return { kind: "other", reason: reason.slice(0, MAX_LENGTH) };
}

function locked(text: string, folder: string, command: string): string {
  const field = (name: string): string =>
    new RegExp(`^[\\s│]*${name}:\\s+(.*?)\\s*$`, "m").exec(text)?.[1] ?? "unknown";
  return (
    `state '${field("Path")}' is locked by ${field("Who")} since ${field("Created")} (${field("Operation")}). If that run has ` +
    `ended: ${commandLine(command, folder)} force-unlock ${field("ID")}`
  );
}

/**
 * Terraform could not write the state after an apply and saved it in a file: the only record of what was created.
 * Source: Terraform, "Recovering from State Disasters".
 */
export function unwrittenState(folder: string, command: string): string {
  const line = commandLine(command, folder);
  return (
    `its last apply could not write the state: the new state is only in '${join(folder, ERRORED_STATE)}'. Once the state ` +
    `can be written: ${line} state push ${ERRORED_STATE}, then delete that file, plan and apply`
  );
}

/** Quoted for a shell. */
function commandLine(command: string, folder: string): string {
  const option = `-chdir=${folder}`;
  return `${command} ${/^[\w@%+=:,./-]+$/.test(option) ? option : `'${option.replaceAll("'", String.raw`'\''`)}'`}`;
}

/** The first error, without the frame that Terraform draws around it. */
function firstError(text: string): string {
  const [, error] = /^[│\s]*Error: ([\s\S]*?)(?:^╵|(?![\s\S]))/m.exec(text) ?? [];
  if (error === undefined) return text.trim().split("\n").slice(-3).join(" ").slice(0, MAX_LENGTH);
  return error.replace(/[│\s]+/g, " ").trim();
}
