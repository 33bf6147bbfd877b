import { MANAGEMENT_EVENTS, dataEventSelectors } from "../../../modules/trail/event-selectors";

test("all management events are recorded: no field selector excludes any", () => {
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

test("deliveries to Trailwatch's buckets are excluded, but not buckets with similar names", () => {
  expect(excluded("AWS::S3::Object", [], ["archive", "state"])).toEqual([
    ["arn:aws:s3:::archive/", "arn:aws:s3:::state/"],
  ]);
});

test("configured exclusions are added", () => {
  expect(excluded("AWS::S3::Object", ["arn:aws:s3:::cache/"], ["archive"])).toEqual([
    ["arn:aws:s3:::archive/", "arn:aws:s3:::cache/"],
  ]);
});

test("for other types only configured exclusions apply", () => {
  const arn = "arn:aws:lambda:eu-west-1:333333333333:function:noisy";
  expect(excluded("AWS::Lambda::Function", [arn], ["archive"])).toEqual([[arn]]);
  expect(excluded("AWS::Lambda::Function", [], ["archive"])).toEqual([undefined]);
});
