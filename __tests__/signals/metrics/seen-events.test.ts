import { SeenEvents, type JsonObject } from "../../../signals";

const RECORD = { eventID: "e-1", recipientAccountId: "111122223333", awsRegion: "eu-west-1" };

it("counts a repeated delivery once, in whichever envelope it comes", () => {
  const seen = new SeenEvents();
  expect(seen.isNew(RECORD)).toBe(true);
  expect(seen.isNew({ ...RECORD, eventName: "more" })).toBe(false);
  expect(seen.isNew({ id: "x", "detail-type": "AWS API Call via CloudTrail", detail: RECORD })).toBe(false);
});

it("keeps accounts and regions apart", () => {
  const seen = new SeenEvents();
  expect(seen.isNew(RECORD)).toBe(true);
  expect(seen.isNew({ ...RECORD, recipientAccountId: "444455556666" })).toBe(true);
  expect(seen.isNew({ ...RECORD, awsRegion: "us-east-1" })).toBe(true);
});

it("never takes an event without an id for a duplicate", () => {
  const seen = new SeenEvents();
  const events: JsonObject[] = [{}, {}, { detail: null }, { eventID: 7 }, { eventID: 7 }];
  for (const event of events) expect(seen.isNew(event)).toBe(true);
});

it("remembers the last events only", () => {
  const seen = new SeenEvents(2);
  const events = ["a", "b", "c", "d", "e"].map((eventID) => ({ eventID }));
  for (const event of events) expect(seen.isNew(event)).toBe(true);
  expect(seen.isNew({ eventID: "d" })).toBe(false);
  expect(seen.isNew({ eventID: "a" })).toBe(true);
});
