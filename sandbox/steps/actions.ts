import { failureText } from "../../lib/support/failure";
import { ServiceClients } from "../../lib/aws/service-clients";
import { ACTIONS } from "../actions";
import { MOST_TIMES, type SandboxAction, type Undo } from "../actions/action";
import type { ActionView } from "../page/page-steps";
import type { Sandbox } from "../sandbox";
import type { ExpectedAlarm } from "../scenarios/expected-alarm";
import { signIn } from "../scenarios/session";
import type { Choices } from "./choices";

/** What begins when an action is done. */
export interface ActionStart {
  readonly title: string;
  readonly expected: readonly ExpectedAlarm[];
  readonly actors: ReadonlySet<string>;
}

/** Makes the calls of actions in a sandbox, and reverses them. */
export class Actions {
  /** What reverses each action, the first first: an action can be done several times before it is reversed. */
  private readonly undos = new Map<string, readonly Undo[]>();

  constructor(private readonly sandbox: Pick<Sandbox, "endpoint" | "organization">) {}

  /** The actions that the organization can show. */
  view(choices: Choices): ActionView[] {
    const { organization } = this.sandbox;
    return ACTIONS.flatMap((action) => {
      const expected = action.expects(organization);
      if (expected === undefined) return [];
      const { id, title, call, actor, times } = action;
      return [
        {
          id,
          title,
          by: `${actor.session} (${actor.role}) in ${expected.account.name}: ${call}`,
          expectation: choices.expectationOf(expected),
          needs: choices.needsOf({ expects: () => [expected] }),
          note: choices.alreadyInAlarm([expected]),
          times: times?.(organization),
          undo: this.undos.get(id)?.at(-1)?.title,
        },
      ];
    });
  }

  /** Makes the calls; `begin` is called before the first. Resolves with why not. */
  async run(id: string, times: number | undefined, begin: (start: ActionStart) => void): Promise<string | undefined> {
    const { organization } = this.sandbox;
    const action = ACTIONS.find((each) => each.id === id);
    const expected = action?.expects(organization);
    if (action === undefined || expected === undefined) return `there is no action '${id}' in this organization`;
    const often = times ?? action.times?.(organization) ?? 1;
    if (!Number.isInteger(often) || often < 1 || often > MOST_TIMES)
      return `the number of calls must be a whole number from 1 to ${MOST_TIMES}`;
    const { account } = expected;
    begin({
      title: `${action.title} in ${account.name}`,
      expected: [expected],
      actors: new Set([action.actor.session]),
    });
    return this.as(action, account, async (clients) => {
      const undo = await action.run(clients, { account, organization, times: often });
      if (undo !== undefined) this.undos.set(id, [...(this.undos.get(id) ?? []), undo]);
    });
  }

  /** Reverses all that was done, the last first. Resolves with why not. */
  async undo(id: string): Promise<string | undefined> {
    const action = ACTIONS.find((each) => each.id === id);
    const expected = action?.expects(this.sandbox.organization);
    const undos = this.undos.get(id) ?? [];
    if (action === undefined || expected === undefined || undos.length === 0) return "there is nothing to reverse";
    return this.as(action, expected.account, async (clients) => {
      for (const [index, undo] of [...undos.entries()].reverse()) {
        await undo.run(clients);
        this.undos.set(id, undos.slice(0, index));
      }
    });
  }

  /** Works with clients of the action's actor. Resolves with why it failed, for people. */
  private async as(
    { actor }: SandboxAction,
    account: ExpectedAlarm["account"],
    work: (clients: ServiceClients) => Promise<void>,
  ): Promise<string | undefined> {
    let clients: ServiceClients | undefined;
    try {
      const session = await signIn(this.sandbox, account, actor.role, actor.session);
      clients = new ServiceClients(() => session);
      await work(clients);
      return undefined;
    } catch (error) {
      return failureText(error);
    } finally {
      clients?.destroy();
    }
  }
}
