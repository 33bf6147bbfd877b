import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { memoize } from "@smithy/core/config";
import type { ClientSettings, CredentialProvider } from "./client";
import { httpTimeouts, limitTime } from "./patient";
import { patienceFrom } from "./patience";

/** Credentials are renewed this long before they expire, as the SDK does with its own. */
const RENEWAL_MILLISECONDS = 5 * 60_000;

/**
 * Credentials of a role. The role is assumed on the first call; the result is shared by all clients with this provider
 * and renewed before it expires.
 */
export function assumedRoleCredentials(
  roleArn: string,
  sessionName: string,
  caller: ClientSettings,
): CredentialProvider {
  const { timeLimits = patienceFrom(), credentials, requestHandler, ...config } = caller;
  const isLimited = timeLimits !== "none";
  const provider = fromTemporaryCredentials({
    params: { RoleArn: roleArn, RoleSessionName: sessionName },
    // The SDK writes into credentials.
    masterCredentials: typeof credentials === "object" ? { ...credentials } : credentials,
    clientConfig: { ...config, requestHandler: { ...(isLimited && httpTimeouts(timeLimits)), ...requestHandler } },
    clientPlugins: isLimited
      ? [
          {
            applyToStack: (stack) => {
              limitTime(stack, timeLimits);
            },
          },
        ]
      : [],
  });
  return memoize(
    () => provider(),
    ({ expiration }) => expiration !== undefined && expiration.getTime() - Date.now() < RENEWAL_MILLISECONDS,
    ({ expiration }) => expiration !== undefined,
  );
}
