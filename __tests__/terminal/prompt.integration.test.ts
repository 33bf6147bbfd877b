import { CTRL_C, CTRL_D, type Terminal, typeScriptIn } from "../support/terminal";

let terminal: Terminal;
afterEach(() => {
  terminal.kill();
});

test.each([
  ["confirmed", "Write 3 files? [y/N]"],
  ["manual", "Or press Enter to confirm all of them."],
])("Ctrl-C at the question of '%s' interrupts the program, and answers nothing", async (prompt, question) => {
  terminal = typeScriptIn("__tests__/terminal/prompt.ts", [prompt]);
  await terminal.until(question);
  terminal.press(CTRL_C);
  // As a shell reports the end by SIGINT.
  expect(await terminal.ended).toBe(130);
  expect(terminal.plain).not.toContain("answer");
});

test.each([
  ["confirmed", "Write 3 files? [y/N]", "y\r", "answer: true"],
  ["confirmed", "Write 3 files? [y/N]", "\r", "answer: false"],
  ["confirmed", "Write 3 files? [y/N]", CTRL_D, "answer: false"],
  ["manual", "Or press Enter to confirm all of them.", "\r", "answer: the-token"],
])("'%s': '%s' takes an answer", async (prompt, question, keys, answer) => {
  terminal = typeScriptIn("__tests__/terminal/prompt.ts", [prompt]);
  await terminal.until(question);
  terminal.press(keys);
  expect(await terminal.ended).toBe(0);
  expect(terminal.plain).toContain(answer);
});
