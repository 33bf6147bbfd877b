/** AWS gave no answer: it was not reached, or did not respond. The message says why, and what to check. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

const CHECKS =
  "check the network, a proxy or firewall in between, the region (AWS_REGION), and AWS_ENDPOINT_URL if it is set";

/** For a call whose connection failed, from the error of its last attempt. */
export function noAnswer(host: string, attempts: number, error: unknown): NoAnswer {
  const times = attempts > 1 ? ` in ${attempts} attempts` : "";
  return new NoAnswer(`${host} gave no answer${times}, got '${reasonOf(error)}'; ${CHECKS}`);
}

/** For a call that was never sent. */
export function noCredentials(milliseconds: number): NoAnswer {
  return new NoAnswer(
    `the environment gave no AWS credentials within ${milliseconds / 1000} s; check AWS_PROFILE and what its profile ` +
      "calls (credential_process, SSO, a role), or sign in first with 'aws sso login'",
  );
}

/** Whether an error comes from the connection rather than from AWS's answer. */
export function isOfConnection(error: unknown): boolean {
  if (typeof error !== "object" || error === null || "$response" in error || "$fault" in error) return false;
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return name === "TimeoutError" || (typeof code === "string" && CONNECTION.test(code));
}

/** Whether the SDK retries a call after it. A TLS error, for example, is the same each time. */
export function mayPass(error: unknown): boolean {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  return name === "TimeoutError" || PASSING.has(String(code));
}

const PASSING = new Set("ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND EPIPE ETIMEDOUT".split(" "));

/** Codes of Node.js: of the system, of name resolution, of TLS. */
const CONNECTION =
  /^(E[A-Z]{3,}|EAI_[A-Z]+|CERT_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+|DEPTH_ZERO_\w+|ERR_TLS_\w+|ERR_SSL_\w+)$/;

function reasonOf(error: unknown): string {
  // A connection that failed at each of a name's addresses has its reasons in a list, and no message.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^@smithy\/node-http-handler - (\[ERROR\] )?/, "").trim();
}
