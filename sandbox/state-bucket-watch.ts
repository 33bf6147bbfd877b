import type { Exchange } from "./proxy/call";
import { target } from "./proxy/http";

/**
 * Detects, from the calls that pass, when the state bucket can take state. Terraform continues for most of a minute
 * then: its provider waits until a lifecycle that it has put is read back unchanged often enough.
 */
export class StateBucketWatch {
  /** Resolves once the bucket is there, with its settings. */
  public readonly made: Promise<void>;
  private resolve: () => void = () => undefined;

  /** `bucket` is undefined where state is kept elsewhere: there is nothing to wait for. */
  constructor(private readonly bucket: string | undefined) {
    this.made = bucket === undefined ? Promise.resolve() : new Promise((resolve) => (this.resolve = resolve));
  }

  /** Called for every call. */
  public see({ call, request, response }: Pick<Exchange, "call" | "request" | "response">): void {
    if (call.operation !== "PutBucketLifecycleConfiguration" || response.status >= 300) return;
    if (target(request).path.split("/")[1] === this.bucket) this.resolve();
  }
}
