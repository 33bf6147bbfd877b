import type { ServiceClients } from "../../lib/aws/service-clients";

/** The resource of a call, as far as its permission can be limited to it. */
export type Scope =
  | "anything"
  | "API destinations"
  | "alarms"
  | "archive"
  | "connections"
  | "event buses"
  | "executions"
  | "log groups"
  | "queues"
  | "roles"
  | "rules"
  | "schedules"
  | "secrets"
  | "state machines"
  | "topics"
  | "trails";

/** One call to AWS, with the permission that it needs. */
export interface AwsCall<In, Out> {
  /** The IAM action, which may differ from the name of the call. */
  readonly action: string;
  readonly scope: Scope;
  readonly send: (clients: ServiceClients, input: In) => Promise<Out>;
}

export function awsCall<In, Out>(
  action: string,
  scope: Scope,
  send: (clients: ServiceClients, input: In) => Promise<Out>,
): AwsCall<In, Out> {
  return { action, scope, send };
}

/** The input of the SDK's command. */
export type Input<C extends abstract new (input: never) => unknown> = NonNullable<ConstructorParameters<C>[0]>;
