import {
  bucketWideCall,
  functionCall,
  objectCall,
  tableCall,
} from "../../../detections/packs/data-events/example-data-event";
import { dataEvents } from "../../../detections/packs/data-events";
import { apiCall, iamUser } from "../../../detections/example-record";
import type { CloudTrailRecord } from "../../../detections/predicate";
import { buildApp } from "../../../main";
import { Evaluator, parseRecord, readDeployment } from "../../../signals";
import { testOrganization, type OrganizationChanges } from "../../support/organization";
import { testApp } from "../../support/synth";

// Attacks on data, replayed through what is synthesized: the trail with alarms, its log group, filters and alarms.

const RECORDS = "arn:aws:s3:::customer-records/";

function deployed(changes: OrganizationChanges) {
  const app = testApp();
  buildApp(testOrganization(changes), app).synth();
  return readDeployment(app.outdir);
}

const deployment = deployed({
  trail: {
    dataEvents: [
      { resourceType: "AWS::S3::Object" },
      { resourceType: "AWS::S3::Object", includeArns: [RECORDS], excludeArns: [`${RECORDS}tmp/`], alarms: true },
      { resourceType: "AWS::DynamoDB::Table", alarms: true },
      { resourceType: "AWS::Lambda::Function", alarms: true },
    ],
  },
  // Data events reach their log group whatever the feed of management events is.
  accounts: { management: { feed: "account-trail", packs: ["guard"] } },
});

/** Detections whose alarms calls raise, made in a member, four a second. */
function raisedBy(calls: readonly CloudTrailRecord[], by = deployment): string[] {
  const evaluator = new Evaluator(by);
  calls.forEach((call, index) => {
    const time = Date.parse("2026-01-15T09:30:01Z") + Math.floor(index / 4) * 1000;
    const eventTime = new Date(time).toISOString().replace(".000", "");
    const record = { ...call, eventTime, eventID: `call-${index}`, recipientAccountId: "333333333333" };
    evaluator.add(parseRecord(JSON.stringify(record)));
  });
  const names = evaluator.report().detections.filter(({ alarms }) => alarms.length > 0);
  return names.map(({ account, detection }) => `${account}/${detection}`).sort();
}

const times = (count: number, call: () => CloudTrailRecord): CloudTrailRecord[] => Array.from({ length: count }, call);
const NOTE = objectCall("PutObject", { key: "FILES-DELETED.txt" });
const CUSTOMER_KEY = { "x-amz-server-side-encryption-customer-algorithm": "AES256" };

test("ransom by deletion in a batch", () => {
  const calls = [...times(51, () => objectCall("GetObject")), bucketWideCall("DeleteObjects", { delete: "" }), NOTE];
  expect(raisedBy(calls)).toEqual(["management/objects-deleted-for-good"]);
});

test("ransom by deletion of each version", () => {
  const calls = [...times(51, () => objectCall("DeleteObject", { versionId: "3HL4kqtJlcpXroDTDmJ" })), NOTE];
  expect(raisedBy(calls)).toEqual(["management/object-deletion-burst", "management/objects-deleted-for-good"]);
});

test("ransom by encryption with a key of the attacker", () => {
  const calls = [...times(51, () => objectCall("CopyObject", CUSTOMER_KEY)), NOTE];
  expect(raisedBy(calls)).toEqual(["management/object-encrypted-with-foreign-key"]);
});

test("ransom by encryption with a KMS key outside the organization", () => {
  const by = (account: string) => ({
    responseElements: { "x-amz-server-side-encryption-aws-kms-key-id": `arn:aws:kms:eu-west-1:${account}:key/1` },
  });
  expect(raisedBy([objectCall("CopyObject", {}, by("999999999999"))])).toEqual([
    "management/object-encrypted-with-foreign-key",
  ]);
  expect(raisedBy([objectCall("CopyObject", {}, by("222222222222"))])).toEqual([]);
});

test("theft, publication, and misuse of a table and a function", () => {
  expect(raisedBy(times(500, () => objectCall("GetObject")))).toEqual(["management/object-read-burst"]);
  expect(raisedBy([objectCall("PutObjectAcl", { "x-amz-acl": "public-read" })])).toEqual([
    "management/object-made-public",
  ]);
  expect(raisedBy(times(20, () => tableCall("Scan")))).toEqual(["management/table-read-burst"]);
  expect(raisedBy([functionCall({ userIdentity: iamUser("deploy-bot") })])).toEqual([
    "management/function-invoked-by-person",
  ]);
});

test("other objects, and management events, do not reach the log group", () => {
  const at = (ARN: string) => ({ resources: [{ type: "AWS::S3::Object", ARN }] });
  const encrypted = (ARN: string) => objectCall("CopyObject", CUSTOMER_KEY, at(ARN));
  expect(raisedBy([encrypted("arn:aws:s3:::website/index.html")])).toEqual([]);
  expect(raisedBy([encrypted(`${RECORDS}tmp/a.csv`)])).toEqual([]);
  expect(raisedBy([encrypted(`${RECORDS}a.csv`)])).toEqual(["management/object-encrypted-with-foreign-key"]);
  expect(raisedBy([apiCall("s3", "DeleteObjects")])).toEqual([]);
});

test("each detection's examples match it there", () => {
  for (const { id, examples } of dataEvents.detections) {
    const evaluator = new Evaluator(deployment, { detection: id });
    for (const example of examples.matches) {
      evaluator.add(parseRecord(JSON.stringify({ ...example, recipientAccountId: "333333333333" })));
    }
    const [found] = evaluator.report().detections;
    expect([id, found?.matched]).toEqual([id, examples.matches.length]);
  }
});

test("without alarms, data events raise none", () => {
  const plain = deployed({ trail: { dataEvents: [{ resourceType: "AWS::S3::Object" }] } });
  expect(raisedBy([bucketWideCall("DeleteObjects", { delete: "" })], plain)).toEqual([]);
});
