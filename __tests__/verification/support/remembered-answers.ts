import type { Call, Exchange } from "../../../sandbox/proxy/call";
import type { Shim } from "../../../sandbox/proxy/shim";
import type { AccountAccess } from "../../../verification/aws/access";
import type { Session } from "../../../verification/aws/session";

const READ = /^(Describe|Get|Head|List)/;

/** The management account, which is called without a role. */
const CALLERS_OWN = "";

/** Actions of IAM that are not named like their calls. */
const OTHER_ACTIONS = new Map([
  ["s3:HeadBucket", "s3:ListBucket"],
  ["s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"],
]);

/** The IAM action of a call. */
export function actionOf({ service, operation }: Pick<Call, "service" | "operation">): string {
  const name = `${serviceOf(service)}:${operation}`;
  return OTHER_ACTIONS.get(name) ?? name;
}

/** CloudWatch signs as `monitoring`. */
function serviceOf(signingName: string): string {
  return signingName.replace("monitoring", "cloudwatch");
}

/**
 * Answers to `verify`, asked once until a call changes the service in the account: dozens of tests ask the same hundreds
 * of questions of a deployment in which a single resource changed. A call that a fault is planted in is asked each time.
 */
export class RememberedAnswers {
  private readonly sessions = new Map<string, Promise<Session>>();
  private byPlace = new Map<string, Map<unknown, Map<string, Promise<unknown>>>>();
  /** Accounts of the roles that were assumed, by access key. */
  private readonly accounts = new Map<string, string>();
  private isOver = false;

  /** @param faults as planted at the time of a call */
  constructor(private readonly faults: readonly Shim[]) {}

  /** Accounts are entered once: the clients of a session keep their settings and connections. */
  remembering(access: AccountAccess): AccountAccess {
    return {
      enter: async (account) => {
        if (this.isOver || this.isFaulty("sts:AssumeRole")) return access.enter(account);
        const id = account.role === "management" ? CALLERS_OWN : account.id;
        return entry(this.sessions, id, () => access.enter(account).then((session) => this.inAccount(id, session)));
      },
    };
  }

  private inAccount(account: string, session: Session): Session {
    return {
      query: (call, input, region) => {
        if (this.isOver || this.isFaulty(call.action)) return session.query(call, input, region);
        const [service = ""] = call.action.split(":");
        const place = placeOf(service, region, account);
        const calls = entry(this.byPlace, place, () => new Map<unknown, Map<string, Promise<unknown>>>());
        // Two calls may need the same action.
        const answers = entry(calls, call, () => new Map<string, Promise<unknown>>());
        const key = JSON.stringify([account, region, input]);
        return entry(answers, key, () => session.query(call, input, region)) as ReturnType<typeof call.send>;
      },
    };
  }

  private isFaulty(action: string): boolean {
    return this.faults.some(({ service, operations }) =>
      operations.some((operation) => actionOf({ service, operation }) === action),
    );
  }

  /** Sees each call that the local AWS has answered. */
  see({ call: { service, region, operation, accessKeyId }, response }: Exchange): void {
    if (operation === "AssumeRole") {
      const text = response.body.toString();
      this.accounts.set(
        /<AccessKeyId>(\w+)</.exec(text)?.[1] ?? "",
        /:sts::(\d{12}):assumed-role/.exec(text)?.[1] ?? "",
      );
    } else if (!READ.test(operation)) {
      const account = this.accounts.get(accessKeyId) ?? CALLERS_OWN;
      this.byPlace.delete(placeOf(serviceOf(service), region, account));
    }
  }

  /**
   * Work after which the deployment is as it was: what was answered before it holds again, and nothing that was answered
   * meanwhile.
   */
  async whileChanged<T>(work: () => Promise<T>): Promise<T> {
    const before = new Map(this.byPlace);
    try {
      return await work();
    } finally {
      this.byPlace = before;
    }
  }

  /** Everything is asked again. */
  forget(): void {
    this.byPlace.clear();
  }

  /** From now on, each call is passed on: the local AWS changes by itself. */
  end(): void {
    this.isOver = true;
  }
}

/** What a change may be seen in: the service in the account, of EventBridge, which is asked in every region, in one. */
function placeOf(service: string, region: string, account: string): string {
  return service === "events" ? `${service} in ${region} of ${account}` : `${service} of ${account}`;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
