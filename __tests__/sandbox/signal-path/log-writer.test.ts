import { CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ServiceClients } from "../../../lib/aws/service-clients";
import type { LiveTrail } from "../../../sandbox/signal-path/deployed/deployed-account";
import { LogWriter } from "../../../sandbox/signal-path/log-writer";
import { feedsOf, parseRecord, selectorsOf, trailEvent } from "../../../signals";
import { ACCOUNT, accountWith, REGION } from "./alarms";

function trail(name: string, isOrganizationTrail: boolean): LiveTrail {
  return {
    name,
    arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${name}`,
    region: REGION,
    isOrganizationTrail,
    isMultiRegion: true,
    includesGlobalServices: true,
    isLogging: true,
    logGroup: name,
    selectors: selectorsOf({}),
    bucket: "archive",
    keyPrefix: "",
    topicArn: undefined,
    validatesFiles: true,
    kmsKeyId: undefined,
  };
}

test("a stream is named after its trail, also beside a trail of another kind", async () => {
  const streams: [string | undefined, string | undefined][] = [];
  const clients = new ServiceClients(() => ({ region: REGION }));
  const sending = jest.spyOn(clients.logs, "send") as unknown as jest.SpyInstance<Promise<unknown>, [unknown]>;
  sending.mockImplementation((command) => {
    if (command instanceof CreateLogStreamCommand)
      streams.push([command.input.logGroupName, command.input.logStreamName]);
    return Promise.resolve({});
  });
  const writer = new LogWriter({ of: () => clients }, "o-exampleorgid");
  const accounts = [{ ...accountWith(), trails: [trail("organization", true), trail("own", false)] }];
  const record = {
    eventTime: "2026-11-22T20:30:00Z",
    eventSource: "iam.amazonaws.com",
    eventName: "CreateUser",
    awsRegion: "us-east-1",
    recipientAccountId: ACCOUNT,
  };
  const event = trailEvent(parseRecord(JSON.stringify(record)), ACCOUNT);
  await Promise.all(feedsOf({ accounts, warnings: [] }).map((feed) => writer.write(feed, event)));
  expect(streams).toEqual([
    ["organization", `o-exampleorgid_${ACCOUNT}_CloudTrail_us-east-1`],
    ["own", `${ACCOUNT}_CloudTrail_us-east-1`],
  ]);
});
