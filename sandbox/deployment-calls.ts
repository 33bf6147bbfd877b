import type { AwsRequest } from "./proxy/http";

/**
 * The calls of the first deployment. It may continue while the sandbox is used: its calls cause no alarms then, as they do
 * not before, and do not wait for the signal path.
 */
export class DeploymentCalls {
  private deployments = 0;

  /** Whether a request is one of them. */
  public has({ headers }: Pick<AwsRequest, "headers">): boolean {
    return this.deployments > 0 && /\bTerraform\//.test(headers["user-agent"] ?? "");
  }

  /** Takes the calls of a deployment until it ends. */
  public async until<T>(deployment: Promise<T>): Promise<T> {
    this.deployments += 1;
    try {
      return await deployment;
    } finally {
      this.deployments -= 1;
    }
  }
}
