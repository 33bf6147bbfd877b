import { ConfirmSubscriptionCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { assumedRoleCredentials } from "../../lib/aws/assumed-role";
import { LOCAL_AWS } from "../../lib/aws/client";
import { roleArn } from "../../lib/aws/partitions";
import { ServiceClients } from "../../lib/aws/service-clients";
import { SUBSCRIBER_KINDS } from "../../lib/naming/subscriber-kinds";
import { accountWithRole, type Account, type Organization } from "../../organization/organization";
import type { LocalAws } from "../aws-organization";
import type { Mailbox } from "../mailbox/mailbox";

/** AWS Organizations creates this role in every account that it creates. */
const ADMINISTRATOR = "OrganizationAccountAccessRole";
const SESSION = "landing-zone";

/** The local AWS in which a landing zone is created, as the organization's administrator reaches it. */
export class ZoneSite {
  public readonly management: Account;
  public readonly logArchive: Account;
  public readonly region: string;
  public readonly organizationId: string;
  private readonly clients = new Map<string, ServiceClients>();

  /** `organization` has the ids that the local AWS assigned. */
  constructor(
    public readonly organization: Organization,
    private readonly aws: LocalAws,
    private readonly mailbox: Mailbox,
  ) {
    this.management = accountWithRole(organization, "management");
    this.logArchive = accountWithRole(organization, "log-archive");
    this.region = organization.homeRegion;
    this.organizationId = organization.id;
  }

  /** Clients of an account in the home region. */
  public of({ id, role }: Account): ServiceClients {
    const known = this.clients.get(id);
    if (known !== undefined) return known;
    const caller = { ...LOCAL_AWS, ...this.aws };
    const settings =
      role === "management"
        ? caller
        : {
            ...caller,
            credentials: assumedRoleCredentials(roleArn(this.region, id, ADMINISTRATOR), SESSION, caller),
          };
    const created = new ServiceClients(() => settings);
    this.clients.set(id, created);
    return created;
  }

  /** Subscribes an address to a topic of an account, and follows the link in its mail if `confirmed`. */
  public async subscribe(account: Account, TopicArn: string, address: string, confirmed: boolean): Promise<void> {
    const { sns } = this.of(account);
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: SUBSCRIBER_KINDS.email.protocol, Endpoint: address }));
    if (!confirmed) return;
    const link = this.mailbox.messages().findLast(({ to }) => to === address)?.confirmLink;
    if (link === undefined) throw new Error(`no confirmation mail arrived for '${address}'`);
    const Token = new URL(link).searchParams.get("token") ?? "";
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  }

  /** Closes all connections. */
  public destroy(): void {
    for (const clients of this.clients.values()) clients.destroy();
  }
}
