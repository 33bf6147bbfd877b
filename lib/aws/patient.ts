import { isOfConnection, mayPass, noAnswer, noCredentials } from "./no-answer";
import { patienceFrom, type Patience } from "./patience";

/** The part of an AWS SDK client's middleware stack that the time limits need. */
interface Stack {
  add: (middleware: never, options: never) => void;
}

/** The part of an AWS SDK client that the time limits need. */
interface Client {
  readonly config: { readonly requestHandler: object };
  readonly middlewareStack: Stack;
}

type Next = (args: Args) => Promise<unknown>;
type Middleware = (next: Next, context: object) => Next;

interface Args {
  readonly request?: { readonly hostname?: string; readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Whether something is still pending that would keep this process running, for example a credential process that never
 * ends.
 */
let isLeftWaiting = false;

/**
 * Whether a call was given up while the environment still looks for credentials. If so, this process must call exit
 * itself.
 */
export function leftWaiting(): boolean {
  return isLeftWaiting;
}

/**
 * Makes a client of the AWS SDK time out. By default it waits forever for credentials and for a server that accepts a
 * connection without answering, and it retries a call that reaches no server as often as one that AWS throttles.
 *
 * Its calls then throw NoAnswer.
 */
export function patient<C extends Client>(client: C, patience: Patience = patienceFrom()): C {
  const handler = client.config.requestHandler as {
    readonly updateHttpClientConfig?: (key: string, value: unknown) => void;
  };
  for (const [key, value] of Object.entries(httpTimeouts(patience))) handler.updateHttpClientConfig?.(key, value);
  limitTime(client.middlewareStack, patience);
  return client;
}

/** The timeouts as options of the SDK's HTTP handler. */
export function httpTimeouts({ connect, answer }: Patience) {
  return {
    connectionTimeout: connect,
    requestTimeout: answer,
    socketTimeout: answer,
    throwOnRequestTimeout: true,
  };
}

/** Adds the middleware that limits the time and the attempts of a call; replaces it if it was added before. */
export function limitTime(stack: Stack, patience: Patience): void {
  const sent = new WeakMap<object, () => void>();
  const add = (middleware: Middleware, options: object) => {
    stack.add(middleware as never, { ...options, override: true } as never);
  };
  // Around the whole call: a call that is not sent waits for credentials.
  add(
    (next, context) => async (args) => {
      const credentials = deadline(patience.credentials);
      sent.set(context, credentials.cancel);
      try {
        return await Promise.race([next(args), credentials.passed]);
      } finally {
        credentials.cancel();
      }
    },
    { step: "initialize", priority: "high", name: "trailwatchCredentials" },
  );
  // Around each attempt.
  add(
    (next, context) => async (args) => {
      sent.get(context)?.();
      try {
        return await next(args);
      } catch (error) {
        const { hostname = "AWS", headers = {} } = args.request ?? {};
        const attempt = Number(/attempt=(\d+)/.exec(headers["amz-sdk-request"] ?? "")?.[1] ?? patience.attempts);
        if (!isOfConnection(error) || (mayPass(error) && attempt < patience.attempts)) throw error;
        throw noAnswer(hostname, attempt, error);
      }
    },
    { step: "deserialize", priority: "low", name: "trailwatchNoAnswer" },
  );
}

/** Rejects when the time has passed, unless it is cancelled before. */
function deadline(milliseconds: number): { readonly passed: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLeftWaiting = true;
      reject(noCredentials(milliseconds));
    }, milliseconds);
  });
  return {
    passed,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
