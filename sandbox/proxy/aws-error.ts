import { escapeMarkup } from "../../lib/web/escape-markup";
import { randomUUID } from "node:crypto";
import type { Protocol } from "./call";
import type { AwsResponse } from "./http";

/** An error in the form in which an AWS service would return it. */
export interface AwsError {
  /** Error code, such as `TrailNotFoundException`. */
  readonly code: string;
  readonly message: string;
}

/**
 * The response that carries an error in the protocol's format. The status is 400, which the AWS SDKs and Terraform's
 * provider treat as final: they retry calls that end in 5xx for minutes.
 */
export function errorResponse(protocol: Protocol, error: AwsError): AwsResponse {
  const requestId = randomUUID();
  const { contentType, body, headers } = SHAPES[protocol](error, requestId);
  return {
    status: 400,
    headers: { "content-type": contentType, "x-amzn-requestid": requestId, ...headers },
    body: Buffer.isBuffer(body) ? body : Buffer.from(body),
  };
}

interface Shape {
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Record<string, string>;
}

const SHAPES: Record<Protocol, (error: AwsError, requestId: string) => Shape> = {
  json: ({ code, message }) => ({
    contentType: "application/x-amz-json-1.1",
    body: JSON.stringify({ __type: code, message }),
  }),
  "rest-json": ({ code, message }) => ({
    contentType: "application/json",
    body: JSON.stringify({ message }),
    headers: { "x-amzn-errortype": code },
  }),
  query: ({ code, message }, requestId) => ({
    contentType: "text/xml",
    body:
      `<ErrorResponse><Error><Type>Sender</Type><Code>${escapeMarkup(code)}</Code>` +
      `<Message>${escapeMarkup(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  }),
  "rest-xml": ({ code, message }, requestId) => ({
    contentType: "application/xml",
    body:
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${escapeMarkup(code)}</Code>` +
      `<Message>${escapeMarkup(message)}</Message><RequestId>${requestId}</RequestId></Error>`,
  }),
  cbor: ({ code, message }) => ({
    contentType: "application/cbor",
    body: Buffer.concat([Buffer.from([0xa2]), ...["__type", code, "message", message].map(cborText)]),
    headers: { "smithy-protocol": "rpc-v2-cbor" },
  }),
};

/** A text string of CBOR (RFC 8949, major type 3), its length always in two bytes. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 0xffff);
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
