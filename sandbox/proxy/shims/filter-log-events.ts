import { expectedMessage } from "../../../lib/support/failure";
import { searchPage, type StoredEvent } from "../../signal-path/log-search";
import { errorResponse } from "../aws-error";
import type { AwsRequest, AwsResponse, Send } from "../http";
import { jsonOf, type Shim, withBody } from "../shim";

/** Searches with our own evaluation of filter patterns, which the metric filters use too. */
export const filterLogEvents: Shim = {
  service: "logs",
  operations: ["FilterLogEvents"],
  why: "evaluates few filter patterns, and none of JSON fields",
  does: "evaluates the pattern as the metric filters do; returns pages as AWS does, some of them empty",
  answer: async (request, send, call) => {
    const { filterPattern, limit, nextToken, ...input } = jsonOf(request);
    const stored = await allEvents(request, send, input);
    if ("status" in stored) return stored;
    try {
      const search = { filterPattern: text(filterPattern), nextToken: text(nextToken), limit: number(limit) };
      const page = searchPage(stored.events, search);
      return withBody(stored.response, JSON.stringify({ ...page, searchedLogStreams: [] }));
    } catch (error) {
      return errorResponse(call.protocol, { code: "InvalidParameterException", message: expectedMessage(error) });
    }
  },
};

/** The events of the time and streams that the request names, whatever they hold; or moto's error. */
async function allEvents(
  request: AwsRequest,
  send: Send,
  input: object,
): Promise<{ readonly events: readonly StoredEvent[]; readonly response: AwsResponse } | AwsResponse> {
  const events: StoredEvent[] = [];
  let nextToken: unknown;
  for (;;) {
    const response = await send(withBody(request, JSON.stringify({ ...input, nextToken })));
    if (response.status !== 200) return response;
    const answer = jsonOf(response);
    if (Array.isArray(answer["events"])) events.push(...(answer["events"] as StoredEvent[]));
    nextToken = answer["nextToken"];
    if (typeof nextToken !== "string") return { events, response };
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
