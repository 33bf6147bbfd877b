import { runProgram, startProgram } from "../../../lib/support/run-program";

const sh = (script: string) => ["-c", script];

test("the output is kept as it is, and each line of errors is reported", async () => {
  const lines: string[] = [];
  const run = { env: { NAME: "x" }, onErrorLine: (line: string) => lines.push(line) };
  const end = await runProgram("/bin/sh", sh('echo "$NAME$HOME"; echo one >&2; printf two >&2; exit 3'), run);
  expect(end).toEqual({ ending: 3, stdout: "x\n", stderr: "one\ntwo" });
  expect(lines).toEqual(["one", "two"]);
});

test("a command line is run by the shell", async () => {
  expect((await runProgram("echo one && echo two", [], { shell: true })).stdout).toBe("one\ntwo\n");
});

test("a program that was killed ends with the signal", async () => {
  expect((await runProgram("/bin/sh", sh("kill -9 $$"))).ending).toBe("SIGKILL");
});

test("a program that cannot be started is named", async () => {
  await expect(runProgram("no-such-program", [])).rejects.toThrow(
    "'no-such-program' could not be started: spawn no-such-program ENOENT",
  );
  const tooLong = runProgram("true", ["x".repeat(200_000)], { onErrorLine: () => undefined });
  await expect(tooLong).rejects.toThrow(/^'true' could not be started: spawn E2BIG$/);
});

test("an interruption is sent to the program, which ends in its own time", async () => {
  const interruption = new AbortController();
  const script = "trap 'sleep 0.2; echo cleaned; exit 0' INT; echo ready >&2; while :; do sleep 0.05; done";
  const run = {
    signal: interruption.signal,
    onErrorLine: () => {
      interruption.abort(new Error("interrupted"));
    },
  };
  const begun = Date.now();
  await expect(runProgram("/bin/sh", sh(script), run)).rejects.toThrow("interrupted");
  expect(Date.now() - begun).toBeGreaterThanOrEqual(200);
  await expect(runProgram("true", [], { signal: interruption.signal })).rejects.toThrow("interrupted");
});

test("a program that takes too long is ended", async () => {
  await expect(runProgram("sleep", ["60"], { timeoutMilliseconds: 100 })).rejects.toThrow(
    "'sleep' took longer than 0.1 s",
  );
});

test("a started program's pipes can be read, and it has ended once they are", async () => {
  const { child, ended } = startProgram("/bin/sh", sh("echo one; sleep 0.1; echo two"), { detached: true });
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  expect(await ended).toEqual({ ending: 0, stdout: "", stderr: "" });
  expect(text).toBe("one\ntwo\n");
});
