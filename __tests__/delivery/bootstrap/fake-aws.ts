import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** S3 and STS on one loopback port: what is there can be changed by the tests. */
export interface FakeAws {
  readonly url: string;
  /** Paths that exist: `/bucket` and `/bucket/key`. */
  readonly paths: Set<string>;
  /** Answered to every S3 request instead of what is there. */
  status: number | undefined;
  /** Whether STS denies every role. */
  deniesRoles: boolean;
  /** Answers with a body, by path and subresource such as `/bucket?policy`. */
  readonly bodies: Map<string, string>;
  /** Requests: method, path and the access key that signed it. */
  readonly requests: string[];
  /** Roles that were assumed. */
  readonly assumed: string[];
  close(): Promise<void>;
}

const ASSUME_ROLE_ANSWER = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
<SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>`;

const DENIED_ANSWER = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`;

export async function startFakeAws(): Promise<FakeAws> {
  const aws = {
    paths: new Set<string>(),
    status: undefined,
    deniesRoles: false,
    bodies: new Map<string, string>(),
    requests: [] as string[],
    assumed: [] as string[],
  };
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const role = new URLSearchParams(body).get("RoleArn");
      if (role !== null) {
        aws.assumed.push(role);
        if (fake.deniesRoles) {
          response.writeHead(403, { "content-type": "text/xml" }).end(DENIED_ANSWER);
          return;
        }
        response.writeHead(200, { "content-type": "text/xml" }).end(ASSUME_ROLE_ANSWER);
        return;
      }
      const found = bodyOf(request, fake);
      response.writeHead(found === undefined ? answer(request, fake) : 200).end(found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const fake: FakeAws = {
    ...aws,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  return fake;
}

function answer({ method = "", url = "", headers }: IncomingMessage, aws: FakeAws): number {
  const path = new URL(url, aws.url).pathname.replace(/\/$/, "");
  const [, signer = "nobody"] = /Credential=(\w+)\//.exec(headers.authorization ?? "") ?? [];
  aws.requests.push(`${method} ${path} ${signer}`);
  if (method === "PUT") aws.paths.add(path);
  return aws.status ?? (aws.paths.has(path) ? 200 : 404);
}

/** A subresource of a bucket that exists: `?versioning=` and the like. */
function bodyOf({ url = "" }: IncomingMessage, aws: FakeAws): string | undefined {
  const { pathname, searchParams } = new URL(url, aws.url);
  const [subresource] = [...searchParams.keys()];
  return aws.bodies.get(`${pathname.replace(/\/$/, "")}?${subresource ?? ""}`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
