// eslint-disable-next-line @typescript-eslint/no-require-imports -- a namespace import may be a copy; this changes the module.
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/** Keeps the traces, where a token that does not resolve is to be found. */
const KEEP = "TRAILWATCH_CREATION_STACKS";

/**
 * cdktf notes for each token where it was made, with a stack trace of any depth: most of the time that a synthesis of a
 * thousand accounts takes. Nothing but the message of an error in resolving a token shows them, so they are left out,
 * unless the environment variable `TRAILWATCH_CREATION_STACKS` is set. What is synthesized is the same, byte for byte.
 */
export function leaveOutCreationStacks(env: NodeJS.ProcessEnv = process.env): void {
  if (env[KEEP] === undefined) stackTrace.captureStackTrace = () => [];
}
