import { failureText } from "../../lib/support/failure";
import type { CallHop } from "../signal-path/hop-event";
import { type BlindSpot, BlindSpots } from "./derived/blind-spots";
import type { RecordKind } from "./derived/record-kind";
import { type Resource, resourcesOf } from "./derived/resource";
import { WatchedRecords } from "./derived/watched-records";
import type { PageOptions } from "./page-options";

/** The deployed resources as the page shows them. */
export interface Deployed {
  readonly resources: readonly Pick<Resource, "kind" | "account" | "region" | "name" | "state">[];
  readonly blind: readonly BlindSpot[];
}

/** Milliseconds after a call until the resources that it changes are read: its record is evaluated before. */
const READ_DELAY = 300;

/** Reads the deployed resources, and notices those that stop working. */
export class DeployedWatch {
  private readonly spots = new BlindSpots();
  private readonly watched = new WatchedRecords();
  private known: Deployed = { resources: [], blind: [] };
  private reading: Promise<void> | undefined;
  private again: NodeJS.Timeout | undefined;
  /** The sandbox's time, as the latest call has it. */
  private now = Date.now();

  constructor(
    private readonly readDeployed: PageOptions["deployed"],
    private readonly onChange: (deployed: Deployed) => void,
    private readonly onError: (message: string) => void,
  ) {}

  get shown(): Deployed {
    return this.known;
  }

  /** Takes a call. Returns the kind of its record. */
  see(event: CallHop): RecordKind {
    this.now = event.at;
    if (this.spots.see(event)) {
      this.again ??= setTimeout(() => {
        this.again = undefined;
        void this.refresh();
      }, READ_DELAY).unref();
    }
    return this.watched.kindOf(event.record);
  }

  /** Reads once, however many callers wait for it. */
  refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  close(): void {
    clearTimeout(this.again);
  }

  private async read(): Promise<void> {
    if (this.readDeployed === undefined) return;
    try {
      const accounts = await this.readDeployed();
      this.watched.add(accounts.flatMap(({ id, filters }) => filters.map(({ pattern }) => ({ account: id, pattern }))));
      const resources = accounts.flatMap(resourcesOf);
      const blind = this.spots.update(resources, this.now);
      const shown = resources.map(({ kind, account, region, name, state }) => ({ kind, account, region, name, state }));
      const now: Deployed = { resources: shown, blind };
      if (JSON.stringify(now) === JSON.stringify(this.known)) return;
      this.known = now;
      this.onChange(now);
    } catch (error) {
      this.onError(`The deployed resources could not be read: ${failureText(error)}`);
    }
  }
}
