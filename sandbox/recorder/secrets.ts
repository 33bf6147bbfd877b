import { isFields, type Fields } from "./fields";

const HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** Names that CloudTrail omits in any call. Source: records of the calls, and each service's logging page. */
const LEFT_OUT = new Set([
  ...["secretString", "secretBinary", "secretAccessKey", "password", "oldPassword", "newPassword"],
  ...["plaintext", "ciphertextBlob", "privateKeyPlaintext", "importToken", "encryptedKeyMaterial"],
  ...["tokenCode", "webIdentityToken", "sAMLAssertion"],
]);

/** Names whose values CloudTrail hides, in the calls of a service. `*` means every call of it. */
const HIDDEN_NAMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ssm: { PutParameter: ["value"] },
  sns: {
    Publish: ["message", "subject", "messageAttributes"],
    PublishBatch: ["message", "subject", "messageAttributes"],
    Subscribe: ["endpoint"],
    ConfirmSubscription: ["token"],
  },
  events: {
    CreateConnection: ["apiKeyValue", "clientSecret", "value"],
    UpdateConnection: ["apiKeyValue", "clientSecret", "value"],
  },
  sqs: { "*": ["messageBody", "messageAttributes"] },
  // AWS shows the token, which is worthless without the key; our records do not need it.
  sts: { "*": ["sessionToken"] },
  rds: { "*": ["masterUserPassword"] },
};

/** Parameters or response elements with secret values removed or hidden, as in CloudTrail. */
export function withoutSecrets(fields: Fields, service: string, operation: string): Fields {
  const names = HIDDEN_NAMES[service];
  const hidden = new Set([...(names?.[operation] ?? []), ...(names?.["*"] ?? [])]);
  return cleaned(fields, hidden);
}

function cleaned(fields: Fields, hidden: ReadonlySet<string>): Fields {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    return isFields(value) ? cleaned(value, hidden) : value;
  };
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !LEFT_OUT.has(name))
      .map(([name, value]) => [name, hidden.has(name) ? HIDDEN : clean(value)]),
  );
}
