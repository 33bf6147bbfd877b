import type { AwsCall } from "../../verification/aws/aws-call";
import { pages, type Session } from "../../verification/aws/session";
import { Unanswered } from "../../verification/aws/unanswered";
import type { Unread } from "../facts";

/** Reads from one account and records what AWS did not answer. */
export class Reading {
  constructor(
    /** Name of the account. */
    public readonly account: string,
    private readonly session: Session,
    private readonly unread: Unread[],
  ) {}

  /** The result; undefined where AWS did not answer a call in it. */
  async attempt<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      const { message, missingAction } = error;
      this.unread.push({ account: this.account, what, reason: message, ...(missingAction && { missingAction }) });
      return undefined;
    }
  }

  /**
   * The response of AWS; undefined when the resource does not exist.
   *
   * @throws Unanswered, which `attempt` records
   */
  async query<In, Out>(call: AwsCall<In, Out>, input: In, region: string): Promise<Out | undefined> {
    return this.session.query(call, input, region);
  }

  /** The items of all pages; none when the resource does not exist. */
  async list<In, Out, Item>(
    call: AwsCall<In, Out>,
    { region, input }: { readonly region: string; readonly input: (token: string | undefined) => In },
    read: (answer: Out) => { readonly items: readonly Item[] | undefined; readonly next: string | undefined },
  ): Promise<readonly Item[]> {
    return (await pages((token) => this.session.query(call, input(token), region), read)) ?? [];
  }
}
