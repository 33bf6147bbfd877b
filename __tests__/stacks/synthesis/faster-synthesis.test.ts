import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Aspects, Fn, Lazy, TerraformStack, Token } from "cdktf";
import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { terraformTemplate } from "../../../modules/user-text";
import { resourceOf, synthApp, testApp } from "../../support/synth";

function stackWithTopic(name: string) {
  const app = testApp();
  const stack = new TerraformStack(app, "stack");
  new AwsProvider(stack, "aws");
  const topic = new SnsTopic(stack, "topic", { name });
  return { app, stack, topic };
}

function topicIn(app: ReturnType<typeof testApp>) {
  const { stack } = synthApp(app);
  if (stack === undefined) throw new Error("the stack must be written");
  return resourceOf(stack, "aws_sns_topic");
}

const nameOf = (app: ReturnType<typeof testApp>) => topicIn(app).name;

test("an aspect that changes a resource is not lost", () => {
  const { app, stack } = stackWithTopic("before");
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof SnsTopic) node.name = "after";
    },
  });
  expect(nameOf(app)).toBe("after");
});

test("changes between two syntheses are written", () => {
  const { app, topic } = stackWithTopic("first");
  expect(nameOf(app)).toBe("first");
  topic.name = "second";
  expect(nameOf(app)).toBe("second");
});

test.each([
  ["a token", () => Lazy.stringValue({ produce: () => "made late" }), "made late"],
  ["text around a token", () => `<${Lazy.stringValue({ produce: () => "late" })}>`, "<late>"],
  ["a number in text", () => `n${Token.asString(Lazy.numberValue({ produce: () => 7 }))}`, "n7"],
  ["a reference that is text", () => terraformTemplate("${aws_x.y.arn}-$${aws:user}"), "${aws_x.y.arn}-$${aws:user}"],
  ["a call within an expression", () => terraformTemplate(`}\${lower(${Fn.upper("a")})}}`), '}${lower(upper("a"))}}'],
  ["what looks like a number", () => "1e5-e-3", "1e5-e-3"],
  [
    "JSON with braces between tokens",
    () => `}{"a":{"b":"${Lazy.stringValue({ produce: () => "late" })}"}},"c":"${terraformTemplate("${aws_x.y.arn}")}"}`,
    '}{"a":{"b":"late"}},"c":"${aws_x.y.arn}"}',
  ],
  [
    "JSON with braces and an escape between tokens",
    () =>
      `{"a":{"b":"${terraformTemplate("${aws_x.y.arn}")}"},"c":"\${user}}","d":"${terraformTemplate("${aws_x.z.arn}")}"}`,
    '{"a":{"b":"${aws_x.y.arn}"},"c":"$${user}}","d":"${aws_x.z.arn}"}',
  ],
])("%s is resolved", (_what, value, expected) => {
  expect(nameOf(stackWithTopic(value()).app)).toBe(expected);
});

test("a list that is a token is resolved, and one within a list is rejected as by cdktf", () => {
  const { app, topic } = stackWithTopic("x");
  const list = Token.asList(Lazy.listValue({ produce: () => ["a", "b"] }));
  topic.addOverride("list", list);
  expect(topicIn(app).list).toEqual(["a", "b"]);

  topic.addOverride("list", [...list, "c"]);
  expect(() => synthApp(app)).toThrow("Cannot add elements to list token");
});

test.each<[string, string, unknown, unknown]>([
  ["sets", "resource.aws_sns_topic.topic.name", "by override", "by override"],
  ["sets by a token", "resource.aws_sns_topic.topic.name", Lazy.stringValue({ produce: () => "late" }), "late"],
  ["deletes", "resource.aws_sns_topic.topic.name", undefined, undefined],
])("an override of the stack %s what an element has", (_what, path, value, expected) => {
  const { app, stack } = stackWithTopic("before");
  stack.addOverride(path, value);
  expect(nameOf(app)).toBe(expected);
});

test("an override of the stack adds to a list once", () => {
  const { app, stack, topic } = stackWithTopic("x");
  topic.addOverride("list", ["a"]);
  stack.addOverride("resource.aws_sns_topic.topic.list", ["b"]);
  expect(topicIn(app).list).toEqual(["a", "b"]);
});

test("changes of an element after its stack was prepared are written", () => {
  const { app, topic } = stackWithTopic("first");
  const reader = new TerraformStack(app, "reader");
  new AwsProvider(reader, "aws");
  // Preparing the second stack adds an output to the first, which has been prepared.
  new SnsTopic(reader, "copy", { name: topic.arn });
  expect(Object.keys(synthApp(app).stack?.output ?? {})).toEqual(["cross-stack-output-aws_sns_topictopicarn"]);
});

test("a stack can be rendered a second time", () => {
  const { app, stack } = stackWithTopic("x");
  const written = synthApp(app).stack;
  expect(JSON.parse(JSON.stringify(stack.toTerraform()))).toEqual(written);
});

test("the version of a program is asked for until it fits", () => {
  const folder = mkdtempSync(join(tmpdir(), "trailwatch-version-"));
  const asked = join(folder, "asked");
  const command = `echo x >> ${asked}; echo v1.5.0`;
  for (const [constraint, problems, times] of [
    [">=2", 1, 1],
    [">=2", 1, 2],
    [">=1.1", 0, 3],
    [">=1.1", 0, 3],
  ] as const) {
    expect(new ValidateBinaryVersion("program", constraint, command).validate()).toHaveLength(problems);
    expect(readFileSync(asked, "utf8")).toBe("x\n".repeat(times));
  }
  rmSync(folder, { recursive: true });
});
