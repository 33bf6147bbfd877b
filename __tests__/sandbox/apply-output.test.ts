import { ApplyOutput } from "../../sandbox/apply-output";

/** What `terraform apply -json` of Terraform 1.11.4 wrote, shortened. */
const LINES = [
  { "@message": "Terraform 1.11.4", terraform: "1.11.4", type: "version", ui: "1.2" },
  {
    "@message": "Plan: 2 to add, 0 to change, 0 to destroy.",
    changes: { add: 2, change: 0, import: 0, remove: 0, operation: "plan" },
    type: "change_summary",
  },
  {
    "@message": "terraform_data.one: Creation complete after 0s [id=71d40798]",
    hook: { resource: { addr: "terraform_data.one" }, action: "create", elapsed_seconds: 0 },
    type: "apply_complete",
  },
  {
    "@message": "data.terraform_remote_state.other: Refresh complete after 0s",
    hook: { resource: { addr: "data.terraform_remote_state.other" }, action: "read", elapsed_seconds: 0 },
    type: "apply_complete",
  },
];
const REFUSED = {
  "@message": "Error: Resource precondition failed",
  diagnostic: {
    severity: "error",
    summary: "Resource precondition failed",
    detail: "CloudTrail must have trusted access to the organization.",
    address: "aws_cloudtrail.trail",
    range: { filename: "cdk.tf.json", start: { line: 106, column: 149, byte: 148 } },
  },
  type: "diagnostic",
};
const APPLIED = {
  "@message": "Apply complete! Resources: 1 added, 2 changed, 3 destroyed.",
  changes: { add: 1, change: 2, import: 0, remove: 3, operation: "apply" },
  type: "change_summary",
};
const read = (output: ApplyOutput, lines: readonly object[]) => lines.map((line) => output.read(JSON.stringify(line)));

test("reports resources that are done, without data sources, and the line for people", () => {
  const lines = read(new ApplyOutput(), LINES);
  expect(lines.flatMap(({ done }) => done ?? [])).toEqual(["terraform_data.one"]);
  expect(lines[1]?.text).toBe("Plan: 2 to add, 0 to change, 0 to destroy.");
});

test("counts what was applied, not what was planned", () => {
  const output = new ApplyOutput();
  read(output, LINES);
  expect(output.changes).toEqual({ added: 0, changed: 0, destroyed: 0 });
  read(output, [APPLIED]);
  expect(output.changes).toEqual({ added: 1, changed: 2, destroyed: 3 });
});

test("keeps complete errors, and no warnings", () => {
  const output = new ApplyOutput();
  const warning = { ...REFUSED, diagnostic: { severity: "warning", summary: "Resource targeting is in effect" } };
  const [, { text } = { text: "" }] = read(output, [warning, REFUSED]);
  expect(output.errors).toEqual([text]);
  expect(text).toBe(
    "Error: Resource precondition failed\n\n  with aws_cloudtrail.trail,\n  on cdk.tf.json line 106\n\n" +
      "CloudTrail must have trusted access to the organization.",
  );
});

test.each(["╷", "", "null", "7", '{"other": true}'])("passes on %j, which is no message", (line) => {
  expect(new ApplyOutput().read(line)).toEqual({ text: line });
});

test("reads the text of a remote run, which is not JSON", () => {
  const output = new ApplyOutput();
  const lines = [
    "Plan: 2 to add, 0 to change, 0 to destroy.",
    "",
    "aws_sns_topic.alerts: Creating...",
    "aws_sns_topic.alerts: Creation complete after 0s [id=arn:aws:sns:eu-west-1:111111111111:alerts]",
    'aws_sns_topic.of["a b"]: Modifications complete after 1s [id=b]',
    "Apply complete! Resources: 1 added, 1 changed, 3 destroyed.",
  ];
  const results = lines.map((line) => output.read(line));
  expect(results.map(({ text }) => text)).toEqual(lines);
  expect(results.flatMap(({ done }) => done ?? [])).toEqual(["aws_sns_topic.alerts", 'aws_sns_topic.of["a b"]']);
  expect(output.changes).toEqual({ added: 1, changed: 1, destroyed: 3 });
});
