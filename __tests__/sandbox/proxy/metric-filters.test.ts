import type { AwsRequest } from "../../../sandbox/proxy/http";
import { identify } from "../../../sandbox/proxy/identify";
import { metricFilters } from "../../../sandbox/proxy/shims/metric-filters";
import { answer, jsonCall } from "./requests";

test("a metric filter takes the place of the one of its name", async () => {
  const named = { filterName: "root-use", logGroupName: "/events" };
  const put = jsonCall("logs", "PutMetricFilter", { ...named, filterPattern: "{ $.a = 1 }" });
  const sent: AwsRequest[] = [];
  await metricFilters.answer(
    put,
    (request) => {
      sent.push(request);
      return Promise.resolve(answer({}));
    },
    identify(put),
  );
  expect(sent.map((request) => identify(request).operation)).toEqual(["DeleteMetricFilter", "PutMetricFilter"]);
  expect(JSON.parse(sent[0]?.body.toString() ?? "")).toEqual(named);
  expect(sent[1]).toEqual(put);
});
