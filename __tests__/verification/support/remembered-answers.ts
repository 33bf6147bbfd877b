import type { Exchange } from "../../../sandbox/proxy/call";
import { header, type AwsResponse, type Send } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";

const READ = /^(Describe|Get|Head|List)/;

/**
 * Answers of a local AWS, asked once until a call changes the service: hundreds of tests ask the same of a deployment
 * in which a single resource changed. Roles are assumed once, so that a caller is known by its access key.
 */
export class RememberedAnswers {
  private readonly byService = new Map<string, Map<string, Promise<AwsResponse>>>();
  private isOver = false;

  remembering(send: Send): Send {
    return (request) => {
      const { service, region, accessKeyId, operation } = identify(request);
      if (this.isOver || !(READ.test(operation) || operation === "AssumeRole")) return send(request);
      const { method, url, body } = request;
      const target = header(request, "x-amz-target");
      const key = [accessKeyId, region, method, url, target, body.toString("latin1")].join("\n");
      const answers = this.byService.get(service) ?? new Map<string, Promise<AwsResponse>>();
      this.byService.set(service, answers);
      const answer = answers.get(key) ?? send(request);
      answers.set(key, answer);
      return answer;
    };
  }

  /** Sees each call that the local AWS has answered. */
  see({ call: { service, operation } }: Exchange): void {
    if (service !== "sts" && !READ.test(operation)) this.byService.delete(service);
  }

  /** From now on, each call is passed on: the local AWS changes by itself. */
  end(): void {
    this.isOver = true;
  }
}
