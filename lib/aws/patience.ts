import { shownValue } from "../support/printable";

/** Timeouts and retries for calls to AWS. */
export interface Patience {
  /** Milliseconds until a connection is there. */
  readonly connect: number;
  /** Milliseconds until an answer to a request begins, and the longest pause within it. */
  readonly answer: number;
  /** Milliseconds until the environment gives credentials: a person may have to sign in meanwhile. */
  readonly credentials: number;
  /**
   * Maximum attempts for a request that gets no answer. Error responses from AWS, such as throttling, are retried
   * separately.
   */
  readonly attempts: number;
}

const DEFAULT: Patience = { connect: 5_000, answer: 20_000, credentials: 60_000, attempts: 3 };

/** A timer of Node.js takes 24 days at most; an hour is longer than a person waits. */
const LONGEST_SECONDS = 3_600;

/**
 * Timeouts for calls to AWS. `TRAILWATCH_AWS_TIMEOUT`, in seconds, replaces each of them.
 *
 * @throws Error when it is not a number from 0.1 to 3600
 */
export function patienceFrom({ TRAILWATCH_AWS_TIMEOUT: text }: NodeJS.ProcessEnv = process.env): Patience {
  if (text === undefined || text === "") return DEFAULT;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds >= 0.1 && seconds <= LONGEST_SECONDS)) {
    throw new Error(
      `'TRAILWATCH_AWS_TIMEOUT' must be a number of seconds from 0.1 to ${LONGEST_SECONDS}, got '${shownValue(text)}'; ` +
        "unset it for the usual times",
    );
  }
  const milliseconds = Math.round(seconds * 1000);
  return { ...DEFAULT, connect: milliseconds, answer: milliseconds, credentials: milliseconds };
}
