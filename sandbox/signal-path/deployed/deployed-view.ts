import type { ServiceClients } from "../../../lib/aws/service-clients";
import { type Deployment, type DeployedFeed, feedsOf } from "../../../signals";
import type { AccountClients } from "../account-clients";
import type { LiveAccount, WholeAccount } from "./deployed-account";
import { readAlarms } from "./read-alarms";
import { readFilters } from "./read-filters";
import { readMachines } from "./read-machines";
import { readRules } from "./read-rules";
import { readTopics } from "./read-topics";
import { readTrails } from "./read-trails";

const READERS = {
  trails: readTrails,
  rules: readRules,
  filters: readFilters,
  alarms: readAlarms,
  topics: readTopics,
  machines: readMachines,
} as const;

type Part = keyof typeof READERS;
type Parts = { [P in Part]: Awaited<ReturnType<(typeof READERS)[P]>> };

/** The part of a deployment that calls of a service change. */
const CHANGED_BY: Readonly<Record<string, Part>> = {
  "cloudtrail.amazonaws.com": "trails",
  "events.amazonaws.com": "rules",
  "logs.amazonaws.com": "filters",
  "monitoring.amazonaws.com": "alarms",
  "sns.amazonaws.com": "topics",
  "states.amazonaws.com": "machines",
};

/** The accounts and regions whose deployment is read. */
export interface Viewed {
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly regions: readonly string[];
}

/** The deployed resources, read through the AWS API, and read again after a call that changes them. */
export class DeployedView {
  private readonly read = new Map<string, Promise<unknown>>();
  private built: { readonly accounts: readonly LiveAccount[]; readonly feeds: readonly DeployedFeed[] } | undefined;

  constructor(
    private readonly clients: Pick<AccountClients, "of">,
    private readonly viewed: Viewed,
  ) {}

  /** Drops what is known of an account; undefined: of every account. */
  public forgetAccount(account: string | undefined): void {
    this.built = undefined;
    for (const key of this.read.keys())
      if (account === undefined || key.split("/")[1] === account) this.read.delete(key);
  }

  /** Drops what a call of this service may have changed. */
  public forget(eventSource: string, account: string, region: string): void {
    const part = CHANGED_BY[eventSource];
    if (part === undefined) return;
    if (part !== "topics" && part !== "machines") this.built = undefined;
    this.read.delete(`${part}/${account}/${region}`);
  }

  /** What is deployed now; reads what is not cached. */
  public async now(): Promise<{ readonly accounts: readonly LiveAccount[]; readonly feeds: readonly DeployedFeed[] }> {
    if (this.built !== undefined) return this.built;
    const accounts = await Promise.all(this.viewed.accounts.map((account) => this.account(account)));
    const deployment: Deployment = { accounts, warnings: [] };
    this.built = { accounts, feeds: feedsOf(deployment) };
    return this.built;
  }

  /** What is deployed now, with what follows alarms, which records and alarms are not evaluated against. */
  public async whole(): Promise<readonly WholeAccount[]> {
    const { accounts } = await this.now();
    return Promise.all(
      accounts.map(async (account) => {
        const [topics, machines] = await Promise.all([
          this.all("topics", account.id),
          this.all("machines", account.id),
        ]);
        return { ...account, topics, machines };
      }),
    );
  }

  private async account({ id, name }: Viewed["accounts"][number]): Promise<LiveAccount> {
    const [trails, rules, filters, alarms] = await Promise.all([
      this.all("trails", id),
      this.all("rules", id),
      this.all("filters", id),
      this.all("alarms", id),
    ]);
    // moto does not support composite alarms.
    return { id, name, logGroups: [], trails, rules, filters, alarms, subscriptions: [] };
  }

  private async all<P extends Part>(part: P, account: string): Promise<Parts[P][number][]> {
    return (await Promise.all(this.viewed.regions.map((region) => this.part(part, account, region)))).flat();
  }

  private part<P extends Part>(part: P, account: string, region: string): Promise<Parts[P]> {
    const key = `${part}/${account}/${region}`;
    const known = this.read.get(key) as Promise<Parts[P]> | undefined;
    if (known !== undefined) return known;
    const reading = (READERS[part] as (clients: ServiceClients, region: string) => Promise<Parts[P]>)(
      this.clients.of(account, region),
      region,
    );
    this.read.set(key, reading);
    // A failed read is repeated next time.
    reading.catch(() => this.read.delete(key));
    return reading;
  }
}
