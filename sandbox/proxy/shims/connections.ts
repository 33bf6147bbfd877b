import type { AwsRequest, Send } from "../http";
import { header } from "../http";
import { jsonOf, withBody, type Shim } from "../shim";

interface Kept {
  readonly key?: unknown;
  readonly state?: "DEAUTHORIZED";
}

/** Connections of API destinations: moto keeps neither their key nor a changed secret, and shows their secrets. */
export function connections(): Shim {
  /** By ARN. */
  const kept = new Map<string, Kept>();
  return {
    service: "events",
    operations: ["CreateConnection", "DescribeConnection", "UpdateConnection", "DeauthorizeConnection"],
    why: "keeps neither a connection's key nor its changed secret, shows its secrets, and cannot deauthorize it",
    does: "adds the key, changes the secret in Secrets Manager, and hides the values",
    answer: async (request, send, { operation }) => {
      const input = jsonOf(request);
      const describe = operation === "DeauthorizeConnection" ? withOperation(request, "DescribeConnection") : request;
      const response = await send(describe);
      const output = jsonOf(response);
      const arn = output["ConnectionArn"];
      if (response.status !== 200 || typeof arn !== "string") return response;
      const before = kept.get(arn) ?? {};
      const key = input["KmsKeyIdentifier"] ?? before.key;
      if (operation === "CreateConnection") kept.set(arn, { key });
      if (operation === "UpdateConnection") {
        const parameters = input["AuthParameters"];
        kept.set(arn, { ...(parameters === undefined ? before : {}), key });
        if (parameters !== undefined) await setSecret(request, send, parameters);
      }
      if (operation === "DeauthorizeConnection") {
        kept.set(arn, { key, state: "DEAUTHORIZED" });
        await setSecret(request, send, {});
      }
      const { state } = kept.get(arn) ?? {};
      return withBody(
        response,
        JSON.stringify(
          { ...output, KmsKeyIdentifier: key, ...(state === undefined ? {} : { ConnectionState: state }) },
          (name, value: unknown) => (SECRET_VALUES.has(name) ? undefined : value),
        ),
      );
    },
  };
}

/** Members that AWS does not return. Bodies' values are returned only if they are no secrets; ours are. */
const SECRET_VALUES = new Set(["ApiKeyValue", "Value", "Password"]);

/** Writes the secret as moto does when it creates the connection. */
async function setSecret(request: AwsRequest, send: Send, parameters: unknown): Promise<void> {
  const Name = jsonOf(request)["Name"];
  const described = await send(withBody(withOperation(request, "DescribeConnection"), JSON.stringify({ Name })));
  const { ApiKeyAuthParameters: apiKey = {}, ...others } = parameters as Readonly<Record<string, object>>;
  const { ApiKeyName, ApiKeyValue } = apiKey as Readonly<Record<string, unknown>>;
  const secret = {
    SecretId: jsonOf(described)["SecretArn"],
    SecretString: JSON.stringify({ api_key_name: ApiKeyName, api_key_value: ApiKeyValue, ...others }),
  };
  await send({
    method: "POST",
    url: "/",
    headers: {
      // moto takes the service from the scope of the signature, and does not check the signature.
      authorization: header(request, "authorization").replace(
        /(Credential=[^/]+\/[^/]+\/[^/]+\/)[^/]+/,
        "$1secretsmanager",
      ),
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "secretsmanager.PutSecretValue",
    },
    body: Buffer.from(JSON.stringify(secret)),
  });
}

function withOperation(request: AwsRequest, operation: string): AwsRequest {
  return { ...request, headers: { ...request.headers, "x-amz-target": `AWSEvents.${operation}` } };
}
