import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { callApi } from "../../../../sandbox/cloud/api-client";
import { type HcpTerraform, startHcpTerraform } from "../../../../sandbox/hcp-terraform/hcp-terraform";

/** Name of the organization of all tests. */
export const ORGANIZATION_NAME = "example-org";

/** What the API answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: { readonly data?: Data; readonly errors?: readonly { title: string; detail: string }[] } | undefined;
}

/** A resource, or a list of them, as tests look at it. */
interface Data {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships: Readonly<Record<string, { readonly data: unknown }>>;
}

/** A stand-in for HCP Terraform in its own folder, and calls of its API. */
export class StandIn {
  private constructor(
    public readonly hcp: HcpTerraform,
    public readonly folder: string,
  ) {}

  /** @param folder of an earlier one, to start it again */
  public static async start(folder = mkdtempSync(join(tmpdir(), "trailwatch-hcp-")), port?: number): Promise<StandIn> {
    const { PATH, HOME, TERRAFORM_BINARY_NAME } = process.env;
    const env = { PATH, HOME, TERRAFORM_BINARY_NAME, CHECKPOINT_DISABLE: "1" };
    const trusted = { ...env, SSL_CERT_FILE: join(folder, "localhost.crt") };
    return new StandIn(
      await startHcpTerraform({ folder, organization: ORGANIZATION_NAME, env: trusted, port }),
      folder,
    );
  }

  public async call(call: Parameters<typeof callApi>[1], data?: unknown, token = this.hcp.token): Promise<Answer> {
    const certificate = readFileSync(this.hcp.certificateFile, "utf8");
    const body = data === undefined || Buffer.isBuffer(data) ? data : { data };
    const path = call.replace(/ (?!\/)/, " /api/v2/") as typeof call;
    const { status, headers, text } = await callApi({ url: this.hcp.url, token, certificate }, path, body);
    const isJson = /json/.test(String(headers["content-type"]));
    return { status, headers, json: isJson ? (JSON.parse(text) as Answer["json"]) : undefined };
  }

  /** Creates a workspace, and returns its id. */
  public async workspace(name: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const data = { type: "workspaces", attributes: { name, ...attributes } };
    return idOf(await this.call(`POST organizations/${ORGANIZATION_NAME}/workspaces`, data));
  }

  public async workspaceNamed(name: string): Promise<Data | undefined> {
    return (await this.call(`GET organizations/${ORGANIZATION_NAME}/workspaces/${name}`)).json?.data;
  }

  /** Runs of a workspace, the newest first. */
  public async runsOf(name: string): Promise<readonly Data[]> {
    const { json } = await this.call(`GET workspaces/${(await this.workspaceNamed(name))?.id ?? ""}/runs`);
    return json?.data as unknown as readonly Data[];
  }

  /** Waits until the newest run of a workspace has a status, and returns its id. */
  public async reaches(name: string, status: string): Promise<string> {
    for (;;) {
      const [run] = await this.runsOf(name);
      if (run?.attributes.status === status) return run.id;
      await sleep(50);
    }
  }

  public async remove(): Promise<void> {
    await this.hcp.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** Id of the one resource in an answer. */
export function idOf(answer: Answer): string {
  if (answer.json?.data === undefined) throw new Error(JSON.stringify(answer));
  return answer.json.data.id;
}
