import type { TokenOwner } from "./tokens";

/** One request, read to its end. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body as JSON; undefined when it is empty. */
  readonly json: () => unknown;
  readonly caller: TokenOwner;
}

/** One answer. `document` is sent as JSON:API, `content` as it is. */
export interface ApiAnswer {
  readonly status?: number;
  readonly document?: unknown;
  readonly content?: Buffer;
  readonly contentType?: string;
}

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** What answers one kind of call. */
export interface Route {
  /** For example `GET /api/v2/runs/:run`. */
  readonly call: `${Method} /${string}`;
  /** Needs no token: the path has a secret name in it, or is public. */
  readonly isOpen?: boolean;
  readonly answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

/** The route of a call, and the values of its path's parameters; undefined when there is none. */
export function routeFor(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly parameters: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    const parameters = match(route.call, `${method} ${path}`);
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

function match(call: string, requested: string): Record<string, string> | undefined {
  const wanted = call.split("/");
  const parts = requested.split("/");
  if (wanted.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, name] of wanted.entries()) {
    const part = parts[index] ?? "";
    if (!name.startsWith(":")) {
      if (name !== part) return undefined;
      continue;
    }
    try {
      parameters[name.slice(1)] = decodeURIComponent(part);
    } catch {
      return undefined;
    }
  }
  return parameters;
}
