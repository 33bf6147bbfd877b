import { plainText } from "../../../../lib/support/print";
import type { TriedCall } from "../../../../blindspots/blindspots";
import { blindspotsJson } from "../../../../cli/commands/blindspots/json";
import { blindspotsText } from "../../../../cli/commands/blindspots/text";

const tried = (changes: Partial<TriedCall>): TriedCall => ({
  call: "sns:DeleteTopic",
  type: "aws_sns_topic",
  address: "aws_sns_topic.alerts",
  stack: "monitoring-one",
  account: "one",
  region: "eu-west-1",
  effect: "deletes the topic",
  source: "https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html",
  notified: [],
  accepted: undefined,
  ...changes,
});
const alarm = { account: "one", detection: "topic-changed", severity: "high" as const, subscribers: ["email:a@b.c"] };

test("one line for each silent call and type, with the accounts; calls that notify are only counted", () => {
  const calls = [
    ...["one", "two", "three", "four", "five"].map((account) => tried({ account })),
    tried({ call: "kms:PutKeyPolicy", type: "aws_kms_key", accepted: "a key has no name" }),
    tried({ notified: [alarm] }),
  ];
  const found = { calls, unknownTypes: ["aws_lambda_function"], omittedRegions: {} };
  const text = blindspotsText(blindspotsJson(found)).map(plainText).join("\n");
  expect(text).toMatch(
    /^ {2}5 × sns:DeleteTopic on aws_sns_topic in five, four, one, three and 1 more: deletes the topic$/m,
  );
  expect(text).toMatch(/Silent and accepted\n {2}1 × kms:PutKeyPolicy on aws_kms_key in one: a key has no name/);
  expect(text).toContain("aws_lambda_function: the table of calls lacks this type");
  expect(text).toMatch(/7 calls: 1 notify, 1 are silent and accepted, 5 are silent$/);
});

test("without a silent call there is only the sum", () => {
  const found = { calls: [tried({ notified: [alarm] })], unknownTypes: [], omittedRegions: {} };
  expect(blindspotsText(blindspotsJson(found))).toEqual(["1 call: 1 notify, 0 are silent and accepted, 0 are silent"]);
});

test("an omitted region is named with its reason, in which control characters are removed", () => {
  const found = { calls: [], unknownTypes: [], omittedRegions: { "us-east-1": "Denied\u001b[31m by policy" } };
  const [line = ""] = blindspotsText(blindspotsJson(found)).map(plainText);
  expect(line).toMatch(/^us-east-1 is omitted: Denied.* by policy: accounts/);
  expect(line).not.toContain("\u001b");
  expect(blindspotsJson(found).omittedRegions).toEqual(found.omittedRegions);
});
