import type { ClientSettings } from "../../lib/aws/client";
import { ServiceClients } from "../../lib/aws/service-clients";
import type { AwsCall } from "./aws-call";
import { isNotThere, unanswered } from "./unanswered";

/** Calls AWS in one account. */
export interface Session {
  /**
   * The response of AWS; undefined when the resource does not exist.
   *
   * @throws Unanswered when AWS refuses, throttles or cannot be reached
   */
  query: <In, Out>(call: AwsCall<In, Out>, input: In, region: string) => Promise<Out | undefined>;
}

/** A session with the given credentials, for any region. */
export function openSession(settings: Omit<ClientSettings, "region">): Session {
  const byRegion = new Map<string, ServiceClients>();
  const clientsIn = (region: string): ServiceClients => {
    const clients = byRegion.get(region) ?? new ServiceClients(() => ({ ...settings, region }));
    byRegion.set(region, clients);
    return clients;
  };
  return {
    query: async (call, input, region) => {
      try {
        return await call.send(clientsIn(region), input);
      } catch (error) {
        if (isNotThere(error)) return undefined;
        throw unanswered(call.action, error);
      }
    },
  };
}

/** All pages of a response, in one list. */
export async function pages<Out, Item>(
  page: (token: string | undefined) => Promise<Out | undefined>,
  read: (answer: Out) => { readonly items: readonly Item[] | undefined; readonly next: string | undefined },
): Promise<readonly Item[] | undefined> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    if (answer === undefined) return undefined;
    const { items, next } = read(answer);
    all.push(...(items ?? []));
    token = next;
  } while (token !== undefined && token !== "");
  return all;
}
