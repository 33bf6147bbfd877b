import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Aspects, Lazy, TerraformStack, Token } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { resourceOf, synthApp, testApp } from "../support/synth";

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

test("what changes between two syntheses is written", () => {
  const { app, topic } = stackWithTopic("first");
  expect(nameOf(app)).toBe("first");
  topic.name = "second";
  expect(nameOf(app)).toBe("second");
});

test.each([
  ["a token", () => Lazy.stringValue({ produce: () => "made late" }), "made late"],
  ["text around a token", () => `<${Lazy.stringValue({ produce: () => "late" })}>`, "<late>"],
  ["a number in text", () => `n${Token.asString(Lazy.numberValue({ produce: () => 7 }))}`, "n7"],
  ["a reference that is text", () => "${aws_x.y.arn}-$${aws:user}", "${aws_x.y.arn}-$${aws:user}"],
  ["what looks like a number", () => "1e5-e-3", "1e5-e-3"],
])("%s is resolved", (_what, value, expected) => {
  expect(nameOf(stackWithTopic(value()).app)).toBe(expected);
});

test("a list that is a token is resolved, and one within a list is refused as cdktf does", () => {
  const { app, topic } = stackWithTopic("x");
  const list = Token.asList(Lazy.listValue({ produce: () => ["a", "b"] }));
  topic.addOverride("list", list);
  expect(topicIn(app).list).toEqual(["a", "b"]);

  topic.addOverride("list", [...list, "c"]);
  expect(() => synthApp(app)).toThrow("Cannot add elements to list token");
});
