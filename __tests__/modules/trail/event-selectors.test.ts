import { MANAGEMENT_EVENTS, dataEventSelectors } from "../../../modules/trail/event-selectors";

test("all management events are recorded: no field selector excludes any", () => {
  expect(MANAGEMENT_EVENTS.map(({ fieldSelector }) => fieldSelector)).toEqual([
    [{ field: "eventCategory", equalTo: ["Management"] }],
  ]);
});

interface Entry {
  readonly resourceType?: string;
  readonly includeArns?: readonly string[];
  readonly excludeArns?: readonly string[];
  readonly alarms?: boolean;
}

const OBJECT = "AWS::S3::Object";

/** The tests of `resources.ARN` in the selectors of each trail; undefined where there is none. */
function arnsOf(entries: readonly Entry[], ownBuckets: string[] = []) {
  const dataEvents = entries.map((entry) => ({
    resourceType: OBJECT,
    includeArns: [],
    excludeArns: [],
    alarms: false,
    ...entry,
  }));
  const { archived, withAlarms } = dataEventSelectors(
    dataEvents,
    ownBuckets.map((name) => `arn:aws:s3:::${name}`),
  );
  const tests = (selectors: typeof archived) =>
    selectors.map(({ fieldSelector }) => {
      const found = (fieldSelector as { field: string }[]).find(({ field }) => field === "resources.ARN");
      return found === undefined ? undefined : { ...found, field: undefined };
    });
  return { archived: tests(archived), withAlarms: tests(withAlarms) };
}

test("data events of each type have a selector of their own, read and write", () => {
  const types = ["AWS::Lambda::Function", "AWS::DynamoDB::Table"];
  const entry = { includeArns: [], excludeArns: [], alarms: false };
  const { archived, withAlarms } = dataEventSelectors(
    types.map((resourceType) => ({ ...entry, resourceType })),
    [],
  );
  expect(withAlarms).toEqual([]);
  expect(archived).toEqual(
    types.map((type) => ({
      name: `Data events of ${type}`,
      fieldSelector: [
        { field: "eventCategory", equalTo: ["Data"] },
        { field: "resources.type", equalTo: [type] },
      ],
    })),
  );
});

test("deliveries to Trailwatch's buckets are excluded, but not buckets with similar names", () => {
  const notStartsWith = ["arn:aws:s3:::archive/", "arn:aws:s3:::state/"];
  expect(arnsOf([{}], ["archive", "state"]).archived).toEqual([{ notStartsWith }]);
  expect(arnsOf([{ alarms: true }], ["archive", "state"]).withAlarms).toEqual([{ notStartsWith }]);
});

test("configured exclusions are added", () => {
  expect(arnsOf([{ excludeArns: ["arn:aws:s3:::cache/"] }], ["archive"]).archived).toEqual([
    { notStartsWith: ["arn:aws:s3:::archive/", "arn:aws:s3:::cache/"] },
  ]);
});

test("for other types only configured exclusions apply", () => {
  const resourceType = "AWS::Lambda::Function";
  const arn = "arn:aws:lambda:eu-west-1:333333333333:function:noisy";
  expect(arnsOf([{ resourceType, excludeArns: [arn] }], ["archive"]).archived).toEqual([{ notStartsWith: [arn] }]);
  expect(arnsOf([{ resourceType }], ["archive"]).archived).toEqual([undefined]);
});

describe("data events with alarms", () => {
  const CHOSEN = { includeArns: ["arn:aws:s3:::records/"], excludeArns: ["arn:aws:s3:::records/tmp/"], alarms: true };

  test("are those of the chosen resources, on a trail of their own", () => {
    expect(arnsOf([CHOSEN])).toEqual({
      archived: [],
      withAlarms: [{ startsWith: ["arn:aws:s3:::records/"], notStartsWith: ["arn:aws:s3:::records/tmp/"] }],
    });
  });

  test("are not recorded a second time, and what they leave out is still recorded", () => {
    expect(arnsOf([{ excludeArns: ["arn:aws:s3:::cache/"] }, CHOSEN]).archived).toEqual([
      { notStartsWith: ["arn:aws:s3:::records/", "arn:aws:s3:::cache/"] },
      { startsWith: ["arn:aws:s3:::records/tmp/"], notStartsWith: ["arn:aws:s3:::cache/"] },
    ]);
  });

  test("leave out of the other trail only what that trail includes", () => {
    const included = (includeArns: string[]) => arnsOf([{ includeArns }, CHOSEN]).archived.slice(1);
    expect(included(["arn:aws:s3:::other/"])).toEqual([]);
    expect(included(["arn:aws:s3:::rec"])).toEqual([{ startsWith: ["arn:aws:s3:::records/tmp/"] }]);
    expect(included(["arn:aws:s3:::records/tmp/a/"])).toEqual([{ startsWith: ["arn:aws:s3:::records/tmp/a/"] }]);
  });

  test("change nothing for another type", () => {
    expect(arnsOf([{ resourceType: "AWS::Lambda::Function" }, CHOSEN]).archived).toEqual([undefined]);
  });
});
