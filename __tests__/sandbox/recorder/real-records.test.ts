import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kindOf } from "../../../sandbox/recorder/event-kind";
import { isReadOnly } from "../../../sandbox/recorder/read-only";

// Real records say what CloudTrail makes of each call; without the folder there is nothing to compare with.

const REAL_RECORDS = join(__dirname, "..", "..", "..", "..", "shared", "cloudtrail");
const withRealRecords = existsSync(REAL_RECORDS) ? test : test.skip;

interface RealRecord {
  readonly eventType: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly?: boolean;
  readonly managementEvent?: boolean;
}

/** Services that the sandbox has no business with, and that say otherwise. */
const PASSED_OVER = new Set(["bedrock", "ses"]);

withRealRecords("calls are read-only, management or data events as in real records", () => {
  const wrong = new Set<string>();
  let compared = 0;
  for (const { eventType, eventSource, eventName, readOnly, managementEvent } of realRecords()) {
    const service = eventSource.replace(".amazonaws.com", "");
    // The oldest records lack both fields.
    if (eventType !== "AwsApiCall" || managementEvent === undefined || PASSED_OVER.has(service)) continue;
    // Lambda and CloudFront put their API's version behind the name.
    const operation = eventName.replace(/20\d\d.*$/, "");
    const kind = kindOf({ service, operation, region: "", accessKeyId: "AKIA", protocol: "json" });
    compared += 1;
    if (isReadOnly({ service, operation }) !== readOnly || (kind === "Management") !== managementEvent) {
      wrong.add(`${service}:${operation}`);
    }
  }
  expect([...wrong]).toEqual([]);
  expect(compared).toBeGreaterThan(3_000);
});

function realRecords(): RealRecord[] {
  const files = readdirSync(REAL_RECORDS).map((name) => join(REAL_RECORDS, name, "records.jsonl"));
  return files
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line) as RealRecord);
}
