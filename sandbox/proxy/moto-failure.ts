import { errorResponse } from "./aws-error";
import { callName, type Call } from "./call";
import type { AwsResponse } from "./http";

/** Error code of calls that the local AWS cannot answer. No AWS service uses it, so no client handles it specially. */
const CODE = "SandboxNotImplemented";

/** Resolves with the end of the emulator's log. */
export type LastWords = () => Promise<string>;

/**
 * Whether moto answered with a page of its web framework, as it does for a call that it lacks or fails in. AWS services
 * never do.
 */
export function isMotoFailure(response: AwsResponse): boolean {
  const page = response.body.subarray(0, 15).toString("latin1").toLowerCase();
  return response.status >= 400 && page === "<!doctype html>";
}

/** The final error that replaces such a page: it names the call and, where moto failed in it, the reason it logged. */
export async function finalError(call: Call, response: AwsResponse, lastWords: LastWords): Promise<AwsResponse> {
  // 404 and 405: moto has no such path or method. 500: an exception, which it logged.
  const exception = response.status === 500 ? lastException(await lastWords()) : undefined;
  const message =
    exception === undefined || exception.startsWith("NotImplementedError")
      ? `sandbox: moto does not implement ${callName(call)}`
      : `sandbox: moto failed in ${callName(call)}: ${exception}`;
  return errorResponse(call.protocol, { code: CODE, message });
}

/** The error of a call that got no answer: the emulator has ended, so a retry is useless. */
export function unreachableResponse(call: Call, reason: string): AwsResponse {
  const message = `sandbox: moto did not answer ${callName(call)}: ${reason}`;
  return errorResponse(call.protocol, { code: CODE, message });
}

/** The error of a call that triggered a bug in the sandbox itself. */
export function internalErrorResponse(call: Call, report: string): AwsResponse {
  return errorResponse(call.protocol, { code: CODE, message: `sandbox: ${callName(call)} failed. ${report}` });
}

/** The last line of the last traceback in a log, such as `KeyError: 'arn:…'`. */
function lastException(log: string): string | undefined {
  return log.split("\n").findLast((line) => /^[\w.]+(Error|Exception)\b/.test(line));
}
