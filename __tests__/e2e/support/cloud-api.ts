import { setTimeout as sleep } from "node:timers/promises";
import { PLAIN } from "../../../lib/naming/own-names";
import { callApi } from "../../../sandbox/cloud/api-client";
import type { Cloud } from "../../../sandbox/cloud/cloud";
import { CLOUD_NAMES } from "../../../sandbox/cloud/cloud-settings";

/** A resource of HCP Terraform's API, as tests look at it. */
export interface CloudResource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, { readonly data: unknown }>>;
}

/** Calls of HCP Terraform's API about the workspaces of stacks. Paths begin after `/api/v2/`. */
export class CloudApi {
  constructor(private readonly cloud: Cloud) {}

  /** What a successful call returned: one resource, several, or nothing. */
  public async call(call: Parameters<typeof callApi>[1], data?: unknown): Promise<unknown> {
    const path = call.replace(/ /, " /api/v2/") as typeof call;
    const { status, text } = await callApi(this.cloud.api, path, data === undefined ? undefined : { data });
    if (status >= 300) throw new Error(`${call}: ${status} ${text}`);
    return text === "" ? undefined : (JSON.parse(text) as { readonly data: unknown }).data;
  }

  public async workspaces(): Promise<readonly CloudResource[]> {
    const path = `organizations/${CLOUD_NAMES.organization}/workspaces?page[size]=100` as const;
    return (await this.call(`GET ${path}`)) as readonly CloudResource[];
  }

  public async workspace(stack: string): Promise<CloudResource> {
    const path = `organizations/${CLOUD_NAMES.organization}/workspaces/${PLAIN.workspaceName(stack)}` as const;
    return (await this.call(`GET ${path}`)) as CloudResource;
  }

  /** Changes settings of a stack's workspace. */
  public async change(stack: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call(`PATCH workspaces/${(await this.workspace(stack)).id}`, { type: "workspaces", attributes });
  }

  public async newestRun(stack: string): Promise<CloudResource> {
    const { id } = await this.workspace(stack);
    const [newest] = (await this.call(`GET workspaces/${id}/runs`)) as readonly CloudResource[];
    if (newest === undefined) throw new Error(`no run of ${stack}`);
    return newest;
  }

  /** Waits until a stack's newest run has a status. */
  public async runThatIs(stack: string, wanted: string): Promise<CloudResource> {
    for (;;) {
      const run = await this.newestRun(stack);
      if (run.attributes.status === wanted) return run;
      if (run.attributes.status === "errored") throw new Error(`run ${run.id} failed`);
      await sleep(100);
    }
  }
}

/** Whom a token of a run is for. */
export function subjectOf(token: string): unknown {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as {
    readonly sub: unknown;
  };
  return claims.sub;
}
