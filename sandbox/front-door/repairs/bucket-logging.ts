import type { AwsRequest, Send } from "../http";
import type { Repair } from "../repair";

/**
 * Before it turns access logging on, moto looks in the target bucket's policy for a statement that admits S3's log delivery,
 * and stumbles over any statement for everyone (`"Principal": "*"`) before it, such as "TLS only". While moto looks, it is
 * shown the policy without those; then the policy is put back.
 */
export function bucketLogging(): Repair {
  let last: Promise<unknown> = Promise.resolve();
  return {
    service: "s3",
    operations: ["PutBucketLogging"],
    why: 'fails with `AttributeError` when the target bucket\'s policy has a statement with `"Principal": "*"`',
    does: "lets moto judge the target's policy without such statements, then puts the policy back",
    answer: (request, send) => {
      // Two at once with the same target would put the shortened policy back.
      const answered = last.then(() => putWithReadablePolicy(request, send));
      last = answered.catch(() => undefined);
      return answered;
    },
  };
}

async function putWithReadablePolicy(request: AwsRequest, send: Send): ReturnType<Send> {
  const bucket = /<TargetBucket>([^<]+)<\/TargetBucket>/.exec(request.body.toString("utf8"))?.[1];
  if (bucket === undefined) return send(request);

  const policyCall = (method: string, body: Buffer): AwsRequest => ({
    method,
    url: `/${bucket}?policy`,
    headers: { host: request.headers.host, authorization: request.headers.authorization },
    body,
  });
  const policy = await send(policyCall("GET", Buffer.alloc(0)));
  if (policy.status !== 200) return send(request);

  await send(policyCall("PUT", withoutStatementsForEveryone(policy.body)));
  try {
    return await send(request);
  } finally {
    await send(policyCall("PUT", policy.body));
  }
}

function withoutStatementsForEveryone(body: Buffer): Buffer {
  const policy = JSON.parse(body.toString("utf8")) as { Statement: { Principal?: unknown }[] };
  const Statement = [policy.Statement].flat().filter(({ Principal }) => typeof Principal === "object");
  return Buffer.from(JSON.stringify({ ...policy, Statement }));
}
