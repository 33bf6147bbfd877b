import type { Call } from "./call";
import type { AwsRequest, AwsResponse, Send } from "./http";

/** A correction of something that moto gets wrong for Terraform's provider, or lacks. */
export interface Shim {
  /** The corrected calls: signing name of the service, and its operations. */
  readonly service: string;
  readonly operations: readonly string[];
  /** What moto does wrong, for the table in docs/sandbox.md. */
  readonly why: string;
  /** What the proxy does instead. */
  readonly does: string;
  /** Answers the call; `send` sends this request, or another, to moto. */
  readonly answer: (request: AwsRequest, send: Send, call: Call) => Promise<AwsResponse>;
}

/** A request or response with another body. */
export function withBody<T extends { readonly body: Buffer }>(message: T, body: string): T {
  return { ...message, body: Buffer.from(body) };
}

/** The body as a JSON object; empty when it is not one. */
export function jsonOf(message: { readonly body: Buffer }): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(message.body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
