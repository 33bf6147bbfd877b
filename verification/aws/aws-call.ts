import type { Clients } from "./clients";

/** What a call is about, as far as its permission can be narrowed to it. */
export type Scope =
  | "anything"
  | "alarms"
  | "archive"
  | "event buses"
  | "log groups"
  | "queues"
  | "roles"
  | "rules"
  | "secrets"
  | "state machines"
  | "topics"
  | "trails";

/** One question to AWS, with the permission that asking it needs. */
export interface AwsCall<In, Out> {
  /** The IAM action, which is not always the name of the call. */
  readonly action: string;
  readonly scope: Scope;
  readonly send: (clients: Clients, input: In) => Promise<Out>;
}

export function call<In, Out>(
  action: string,
  scope: Scope,
  send: (clients: Clients, input: In) => Promise<Out>,
): AwsCall<In, Out> {
  return { action, scope, send };
}

/** What a command of the SDK takes. */
export type Input<C extends abstract new (input: never) => unknown> = NonNullable<ConstructorParameters<C>[0]>;
