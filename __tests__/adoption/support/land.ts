import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateAccountCommand, CreateOrganizationCommand } from "@aws-sdk/client-organizations";
import { stringify } from "yaml";
import { assumedRoleCredentials } from "../../../lib/aws/assumed-role";
import { LOCAL_AWS } from "../../../lib/aws/client";
import { ServiceClients } from "../../../lib/aws/service-clients";
import { MANAGEMENT_CREDENTIALS, sandboxEnvironment, withoutOwnSettings } from "../../../sandbox/environment";
import { startMoto } from "../../../sandbox/moto";
import type { Exchange } from "../../../sandbox/proxy/call";
import { openProxy } from "../../../sandbox/proxy/proxy";
import type { Shim } from "../../../sandbox/proxy/shim";

/** An organization in a local AWS, made without Trailwatch, and an accounts folder that describes it. */
export interface Land {
  readonly organizationId: string;
  /** Ids by the accounts' names: management, log-archive, payments. */
  readonly ids: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly aws: (account: string, region?: string) => ServiceClients;
}

export interface LandOptions {
  /** Faults in answers. */
  readonly faults: Shim[];
  readonly calls: Exchange[];
  readonly root: string;
  /** An organization with nothing in it; the one before is gone. */
  readonly create: (settings?: Readonly<Record<string, unknown>>) => Promise<Land>;
  readonly stop: () => Promise<void>;
}

const REGION = "eu-west-1";

export async function openLands(): Promise<LandOptions> {
  const root = mkdtempSync(join(tmpdir(), "trailwatch-adopt-"));
  const command = process.env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server";
  const moto = await startMoto({ command, workFolder: root, env: withoutOwnSettings(process.env) });
  const faults: Shim[] = [];
  const calls: Exchange[] = [];
  const proxy = await openProxy({
    upstream: moto.send,
    shims: faults,
    lastWords: moto.lastWords,
    onCall: (exchange) => calls.push(exchange),
  });
  const { endpoint } = proxy;
  const folder = join(root, "accounts");
  Object.assign(
    process.env,
    sandboxEnvironment({ env: process.env, endpoint, region: REGION, accountsFolder: folder, workFolder: root }),
    { AWS_MAX_ATTEMPTS: "2" },
  );
  const caller = { ...LOCAL_AWS, endpoint, region: REGION, credentials: MANAGEMENT_CREDENTIALS };
  return {
    faults,
    calls,
    root,
    create: async (settings = {}) => {
      await moto.send({ method: "POST", url: "/moto-api/reset", headers: {}, body: Buffer.alloc(0) });
      faults.length = 0;
      calls.length = 0;
      const { organizations } = new ServiceClients(() => caller);
      const { Organization } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
      const ids: Record<string, string> = { management: Organization?.MasterAccountId ?? "" };
      for (const name of ["log-archive", "payments"]) {
        const created = await organizations.send(
          new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
        );
        ids[name] = created.CreateAccountStatus?.AccountId ?? "";
      }
      const organizationId = Organization?.Id ?? "";
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      writeFileSync(join(folder, "organization.yaml"), organizationText(organizationId, settings));
      for (const [name, id] of Object.entries(ids)) {
        const role = name === "payments" ? "member" : name;
        writeFileSync(join(folder, `${name}.yaml`), stringify({ name, id, role }));
      }
      return {
        organizationId,
        ids,
        folder,
        aws: (account, region = REGION) => {
          const role = `arn:aws:iam::${ids[account] ?? ""}:role/OrganizationAccountAccessRole`;
          const credentials =
            account === "management" ? MANAGEMENT_CREDENTIALS : assumedRoleCredentials(role, "builder", caller);
          return new ServiceClients(() => ({ ...LOCAL_AWS, endpoint, region, credentials }));
        },
      };
    },
    stop: async () => {
      await proxy.stop();
      await moto.stop();
      rmSync(root, { recursive: true });
    },
  };
}

function organizationText(id: string, settings: Readonly<Record<string, unknown>>): string {
  return `# ours
id: ${id}
homeRegion: ${REGION}
archive:
  # Bucket names are global.
  bucket: example-archive
state: { backend: s3, account: log-archive, bucket: example-state }
deploymentRole: OrganizationAccountAccessRole
notifications: { alerts: { email: [security@example.com] } }
${Object.keys(settings).length === 0 ? "" : stringify(settings)}`;
}
