import { matrixOf } from "../../delivery/matrix";

const wave = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    id: `monitoring-${number}`,
    accountId: `${number % 2}`.repeat(12),
    regions: new Map([["aws", "eu-west-1"]]),
    dependencies: [],
    reads: [],
    resourceCount: 0,
    file: "",
  }));

test("as many stacks as jobs are a job each", () => {
  expect(matrixOf(wave(2), 2).include).toEqual([
    { stack: "monitoring-0", name: "monitoring-0", account: "000000000000", region: "eu-west-1" },
    { stack: "monitoring-1", name: "monitoring-1", account: "111111111111", region: "eu-west-1" },
  ]);
});

test("one stack more than jobs: stacks share jobs, and none is lost", () => {
  const { include } = matrixOf(wave(257), 256);
  expect(include).toHaveLength(129);
  expect(include[0]).toEqual({
    stack: "monitoring-0 monitoring-1",
    name: "monitoring-0 and 1 more",
    account: "000000000000 111111111111",
    region: "eu-west-1",
  });
  expect(include.flatMap(({ stack }) => stack.split(" "))).toEqual(wave(257).map(({ id }) => id));
});
