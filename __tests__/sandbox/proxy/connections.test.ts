import { identify } from "../../../sandbox/proxy/identify";
import { connections } from "../../../sandbox/proxy/shims/connections";
import { answer, jsonCall } from "./requests";

/** A moto with one connection, as its shim calls it. */
function proxy() {
  const shim = connections();
  const secrets: unknown[] = [];
  let shown: unknown;
  return {
    secrets,
    call: async (operation: string, input: Readonly<Record<string, unknown>>) => {
      const request = jsonCall("events", operation, { Name: "pager", ...input });
      const response = await shim.answer(
        request,
        (sent) => {
          const { authorization = "", "x-amz-target": target = "" } = sent.headers;
          const body = JSON.parse(sent.body.toString()) as Readonly<Record<string, unknown>>;
          if (authorization.includes("/secretsmanager/")) {
            expect(target).toBe("secretsmanager.PutSecretValue");
            secrets.push(JSON.parse(String(body["SecretString"])));
            return Promise.resolve(answer({}));
          }
          expect(String(target)).not.toContain("Deauthorize");
          shown = body["AuthParameters"] ?? shown;
          return Promise.resolve(
            answer({ ConnectionArn: "arn", ConnectionState: "AUTHORIZED", SecretArn: "secret", AuthParameters: shown }),
          );
        },
        identify(request),
      );
      return JSON.parse(response.body.toString()) as Readonly<Record<string, unknown>>;
    },
  };
}

const parameters = (ApiKeyName: string, ApiKeyValue: string) => ({
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName, ApiKeyValue } },
});

test("a connection keeps its key, and shows the header but no secret", async () => {
  const { call } = proxy();
  await call("CreateConnection", { KmsKeyIdentifier: "key", ...parameters("Placeholder", "v4lue") });
  await call("UpdateConnection", { Description: "other" });
  const described = await call("DescribeConnection", {});
  expect(described).toMatchObject({
    KmsKeyIdentifier: "key",
    ConnectionState: "AUTHORIZED",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "Placeholder" } },
  });
  expect(JSON.stringify(described)).not.toContain("v4lue");
});

test("an update changes the secret; deauthorizing removes it until the next update", async () => {
  const { call, secrets } = proxy();
  await call("CreateConnection", parameters("Placeholder", "v4lue"));
  await call("UpdateConnection", parameters("X-Key", "s3cret"));
  expect(secrets).toEqual([{ api_key_name: "X-Key", api_key_value: "s3cret" }]);
  expect(await call("DeauthorizeConnection", {})).toMatchObject({ ConnectionState: "DEAUTHORIZED" });
  expect(secrets.at(-1)).toEqual({});
  expect(await call("DescribeConnection", {})).toMatchObject({ ConnectionState: "DEAUTHORIZED" });
  await call("UpdateConnection", parameters("X-Key", "s3cret"));
  expect(await call("DescribeConnection", {})).toMatchObject({ ConnectionState: "AUTHORIZED" });
});
