import { MANAGEMENT_EVENTS, dataEventSelectors } from "../../../modules/trail/event-selectors";

test("management events are all recorded: no further field leaves any out", () => {
  expect(MANAGEMENT_EVENTS.map(({ fieldSelector }) => fieldSelector)).toEqual([
    [{ field: "eventCategory", equalTo: ["Management"] }],
  ]);
});

test("data events of each type have a selector of their own, read and write", () => {
  const types = ["AWS::Lambda::Function", "AWS::DynamoDB::Table"];
  const selectors = dataEventSelectors(
    types.map((resourceType) => ({ resourceType, excludeArns: [] })),
    [],
  );
  expect(selectors).toEqual(
    types.map((type) => ({
      name: `Data events of ${type}`,
      fieldSelector: [
        { field: "eventCategory", equalTo: ["Data"] },
        { field: "resources.type", equalTo: [type] },
      ],
    })),
  );
});

const excluded = (resourceType: string, excludeArns: string[], ownBuckets: string[]) =>
  dataEventSelectors([{ resourceType, excludeArns }], ownBuckets).map(
    ({ fieldSelector }) =>
      (fieldSelector as { field: string; notStartsWith?: string[] }[]).find(({ field }) => field === "resources.ARN")
        ?.notStartsWith,
  );

test("deliveries to our own buckets are left out, and nothing of buckets that are only named alike", () => {
  expect(excluded("AWS::S3::Object", [], ["archive", "state"])).toEqual([
    ["arn:aws:s3:::archive/", "arn:aws:s3:::state/"],
  ]);
});

test("what is excluded by hand comes on top", () => {
  expect(excluded("AWS::S3::Object", ["arn:aws:s3:::cache/"], ["archive"])).toEqual([
    ["arn:aws:s3:::archive/", "arn:aws:s3:::cache/"],
  ]);
});

test("of other types only what is excluded by hand is left out", () => {
  const arn = "arn:aws:lambda:eu-west-1:333333333333:function:noisy";
  expect(excluded("AWS::Lambda::Function", [arn], ["archive"])).toEqual([[arn]]);
  expect(excluded("AWS::Lambda::Function", [], ["archive"])).toEqual([undefined]);
});
