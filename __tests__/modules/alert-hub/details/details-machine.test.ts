import { apiCall, assumedRole } from "../../../../detections/example-record";
import { FILTER, GROUP, INPUT, logged, read } from "./reading";

const READ = apiCall("secretsmanager", "GetSecretValue", {
  userIdentity: assumedRole("Developer", "alice"),
  eventTime: "2026-11-22T17:00:00Z",
  sourceIPAddress: "203.0.113.7",
  requestParameters: { secretId: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:MyProjectSecrets-AbCdEf" },
  recipientAccountId: "333333333333",
});
const at = (time: string, changes: object = {}) => ({ ...READ, eventTime: `2026-11-22T${time}Z`, ...changes });

test("the events of the alarm's filters, with who did what", async () => {
  const { found, calls, execution } = await read({
    pages: () => ({ Events: logged(at("17:00:00"), at("17:01:00"), at("16:59:30", { errorCode: "AccessDenied" })) }),
  });
  expect(execution.reason).toBe("Found");
  expect(calls).toEqual([
    {
      api: "describeMetricFilters",
      args: { MetricName: "watched-secret-reads", MetricNamespace: "Trailwatch", Limit: 50 },
      roleArn: "arn:aws:iam::333333333333:role/trailwatch-alert-details",
    },
    {
      api: "filterLogEvents",
      args: {
        LogGroupName: GROUP,
        FilterPattern: FILTER.FilterPattern,
        StartTime: INPUT.from,
        EndTime: INPUT.to - 1,
        Limit: 20,
      },
      roleArn: "arn:aws:iam::333333333333:role/trailwatch-alert-details",
    },
  ]);
  const event = {
    principal: "alice (assumed-role/Developer)",
    service: "secretsmanager.amazonaws.com",
    call: "GetSecretValue",
    resource: "MyProjectSecrets",
    address: "203.0.113.7",
    region: "eu-west-1",
    account: "333333333333",
  };
  expect(found).toEqual({
    count: 3,
    isComplete: true,
    logGroup: GROUP,
    pattern: FILTER.FilterPattern,
    from: INPUT.from,
    to: INPUT.to,
    principals: ["alice (assumed-role/Developer)"],
    principalCount: 1,
    events: [
      { ...event, time: "2026-11-22T16:59:30Z", count: 1, result: "AccessDenied" },
      { ...event, time: "2026-11-22T17:00:00Z", count: 2, result: "ok" },
    ],
  });
});
