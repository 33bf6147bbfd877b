import { Announcements } from "../../sandbox/announcements";

const open = () => {
  let end: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (end = resolve));
  return { end, until };
};

test("what is reported is shown on the task of the time, and on none that has ended", async () => {
  const announcements = new Announcements();
  const [first, second] = [{ output: "" }, { output: "" }];
  const [one, other] = [open(), open()];
  announcements.report("before");
  const shown = announcements.showOn(first, one.until);
  announcements.report("a");
  one.end();
  await shown;
  announcements.report("b");
  expect([first.output, second.output]).toEqual(["a", ""]);

  const shownLater = announcements.showOn(second, other.until);
  expect(second.output).toBe("b");
  announcements.end();
  announcements.report("c");
  other.end();
  await shownLater;
  expect([first.output, second.output]).toEqual(["a", "b"]);
});

test("a task whose work fails shows nothing more", async () => {
  const announcements = new Announcements();
  const task = { output: "" };
  await expect(announcements.showOn(task, Promise.reject(new Error("no")))).rejects.toThrow("no");
  announcements.report("late");
  expect(task.output).toBe("");
});

test("a report is one line, and moves no cursor", async () => {
  const announcements = new Announcements();
  const task = { output: "" };
  const { end, until } = open();
  const shown = announcements.showOn(task, until);
  announcements.report("bucket '\u001b[2J\u202e'\nCreated");
  expect(task.output).toBe("bucket '\\u{1b}[2J\\u{202e}'\\nCreated");
  end();
  await shown;
});
