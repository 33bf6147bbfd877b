import { importBlocks, importsText } from "../../adoption/import-blocks";
import type { DeployedDetection } from "../../adoption/filters/deployed-filters";
import type { Duplicate } from "../../adoption/filters/duplicates";

const DEPLOYED: DeployedDetection = {
  detection: "cis-4-3-root-user-usage",
  stack: "monitoring-management",
  region: "eu-west-1",
  filters: [{ address: "aws_cloudwatch_log_metric_filter.root_1", name: "cis-4-3-root-user-usage", pattern: "" }],
  alarm: { address: "aws_cloudwatch_metric_alarm.root_2", name: "trailwatch-management-cis-4-3-root-user-usage" },
};

function duplicate(name: string, changes: Partial<Duplicate> = {}): Duplicate {
  return {
    account: "management",
    detection: DEPLOYED.detection,
    relation: "same",
    isOn: true,
    filter: { name, logGroup: "company", region: "eu-west-1", pattern: "", metrics: [] },
    alarms: [{ name: `alarm ${name}`, region: "eu-west-1", topics: [] }],
    ...changes,
  };
}

test("an exact duplicate and its alarm are taken over, at the addresses as synthesized", () => {
  const blocks = importBlocks([duplicate("RootUsage"), duplicate("another")], [DEPLOYED], "company");
  expect(blocks.map(({ to, id, isReplaced }) => [to, id, isReplaced])).toEqual([
    ["aws_cloudwatch_log_metric_filter.root_1", "company:RootUsage", true],
    ["aws_cloudwatch_metric_alarm.root_2", "alarm RootUsage", true],
  ]);
});

test("a filter of the same name on the same log group is not replaced", () => {
  const [filter] = importBlocks([duplicate(DEPLOYED.detection)], [DEPLOYED], "company");
  expect(filter?.isReplaced).toBe(false);
  expect(importsText(filter === undefined ? [] : [filter])).not.toContain("# Replaced");
});

test.each<Partial<Duplicate>>([
  { relation: "wider" },
  { isOn: false },
  { detection: "other" },
  { filter: { name: "x", logGroup: "company", region: "us-east-1", pattern: "", metrics: [] } },
])("%j is not taken over", (changes) => {
  expect(importBlocks([duplicate("x", changes)], [DEPLOYED], "company")).toEqual([]);
});

test("names are text in Terraform", () => {
  const text = importsText(importBlocks([duplicate('a"\n${file("x")}%{if}\\b\b\u202e')], [DEPLOYED], undefined));
  expect(text).toContain('id = "company:a\\"\\n$${file(\\"x\\")}%%{if}\\\\b\\u0008\\U0000202e"\n');
});
