import { TaskOutput } from "../../sandbox/task-output";

const open = () => {
  let end: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (end = resolve));
  return { end, until };
};

test("messages are shown on the current task, and never on one that has ended", async () => {
  const output = new TaskOutput();
  const [first, second] = [{ output: "" }, { output: "" }];
  const [one, other] = [open(), open()];
  output.report("before");
  const shown = output.showOn(first, one.until);
  output.report("a");
  one.end();
  await shown;
  output.report("b");
  expect([first.output, second.output]).toEqual(["a", ""]);

  const shownLater = output.showOn(second, other.until);
  expect(second.output).toBe("b");
  output.end();
  output.report("c");
  other.end();
  await shownLater;
  expect([first.output, second.output]).toEqual(["a", "b"]);
});

test("a task whose work fails shows no further messages", async () => {
  const output = new TaskOutput();
  const task = { output: "" };
  await expect(output.showOn(task, Promise.reject(new Error("no")))).rejects.toThrow("no");
  output.report("late");
  expect(task.output).toBe("");
});

test("a message is one line without cursor movement", async () => {
  const output = new TaskOutput();
  const task = { output: "" };
  const { end, until } = open();
  const shown = output.showOn(task, until);
  output.report("bucket '\u001b[2J\u202e'\nCreated");
  expect(task.output).toBe("bucket '\\u{1b}[2J\\u{202e}'\\nCreated");
  end();
  await shown;
});
