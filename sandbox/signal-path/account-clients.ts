import { globalRegions, roleArn } from "../../lib/aws/partitions";
import { Agent } from "node:http";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { LOCAL_AWS, type ClientSettings, type CredentialProvider } from "../../lib/aws/client";
import { ServiceClients } from "../../lib/aws/service-clients";

/** The socket of the local AWS, and credentials that can assume roles in any of its accounts. */
export interface LocalAccounts {
  /** Socket of the local AWS itself, not of the proxy: AWS's internal calls are not user calls and leave no record. */
  readonly socketPath: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The local AWS has every role. */
const ROLE = "OrganizationAccountAccessRole";

/** Clients of the local AWS, created on first use. */
export class AccountClients {
  private readonly made = new Map<string, ServiceClients>();
  private readonly credentials = new Map<string, CredentialProvider>();

  constructor(private readonly local: LocalAccounts) {}

  public of(account: string, region: string): ServiceClients {
    const key = `${account}/${region}`;
    const credentials = this.credentialsOf(account, region);
    const clients = this.made.get(key) ?? new ServiceClients(() => ({ ...this.connection(), region, credentials }));
    this.made.set(key, clients);
    return clients;
  }

  /** Closes all connections. */
  public destroy(): void {
    for (const clients of this.made.values()) clients.destroy();
    this.made.clear();
  }

  /** A client closes all connections of its agent when it ends, so each client has its own agent. */
  private connection(): ClientSettings {
    // An agent also accepts the options of a socket, which its type does not list.
    const options = { keepAlive: true, maxSockets: 50, socketPath: this.local.socketPath };
    return {
      ...LOCAL_AWS,
      endpoint: "http://127.0.0.1",
      requestHandler: { httpAgent: new Agent(options) },
      // On a socket, compressing CloudWatch's long lists of values costs more than it saves.
      disableRequestCompression: true,
    };
  }

  /** One session for all clients of an account. */
  private credentialsOf(account: string, region: string): CredentialProvider {
    const known = this.credentials.get(account);
    if (known !== undefined) return known;
    const caller = { ...this.connection(), region: globalRegions(region)[0], credentials: this.local.credentials };
    const credentials = assumedRoleCredentials(roleArn(region, account, ROLE), "aws-internal", caller);
    this.credentials.set(account, credentials);
    return credentials;
  }
}
