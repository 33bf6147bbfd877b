import { jsonOf, withBody, type Shim } from "../shim";

/** Stores the Insights selectors last put for each trail, by ARN: moto never removes one. */
export function insightSelectors(): Shim {
  const lastPut = new Map<unknown, unknown[]>();
  return {
    service: "cloudtrail",
    operations: ["PutInsightSelectors", "GetInsightSelectors"],
    why: "adds the selectors of each put to the previous ones",
    does: "returns the selectors of the last put only",
    answer: async (request, send, call) => {
      const response = await send(request);
      const output = jsonOf(response);
      if (response.status !== 200) return response;
      const trail = output["TrailARN"];
      if (call.operation === "PutInsightSelectors") {
        const put = jsonOf(request)["InsightSelectors"];
        lastPut.set(trail, Array.isArray(put) ? put : []);
        return response;
      }
      // A trail that was deleted and created again has none in moto, whatever was put for the earlier one.
      if (output["InsightSelectors"] === undefined) return response;
      return withBody(response, JSON.stringify({ TrailARN: trail, InsightSelectors: lastPut.get(trail) ?? [] }));
    },
  };
}
