import { jsonOf, withBody, type Shim } from "../shim";

const DELETE = "Logs_20140328.DeleteMetricFilter";

/** Without this shim, a filter that Terraform changes would count each event twice. */
export const metricFilters: Shim = {
  service: "logs",
  operations: ["PutMetricFilter"],
  why: "keeps the old filter of that name beside the new one",
  does: "deletes the old filter first",
  answer: async (request, send) => {
    const { filterName, logGroupName } = jsonOf(request);
    const headers = { ...request.headers, "x-amz-target": DELETE };
    await send(withBody({ ...request, headers }, JSON.stringify({ filterName, logGroupName })));
    return send(request);
  },
};
