import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const PROCESSES = pathToFileURL(resolve("scripts", "processes.mjs")).href;

/** Says when it is ready, takes a moment to clean up when it is signalled to end, and exits with 3. */
const CHILD = `
  const end = (signal) => setTimeout(() => { console.log(signal, "cleaned up"); process.exit(3); }, 100);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  setInterval(() => {}, 1000);
  console.log("ready");`;

/** Starts a wrapper like npm start's around the code, and collects what the two print and end with. */
function wrap(code: string) {
  return wrapper(`process.exitCode = await run(process.execPath, ["--eval", ${JSON.stringify(code)}], process.env);`);
}

/** Starts a wrapper like npm test's: the code runs beside the wrapper's own lines. */
function beside(code: string, ...lines: readonly string[]) {
  const start = `const beside = runBeside(process.execPath, ["--eval", ${JSON.stringify(code)}], process.env);`;
  return wrapper([start, ...lines].join("\n"));
}

function wrapper(lines: string) {
  const wrapper = spawn(
    process.execPath,
    ["--input-type=module", "--eval", `import { run, runBeside } from ${JSON.stringify(PROCESSES)};\n${lines}`],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let output = "";
  wrapper.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(wrapper, "close").then(([status]) => ({ status: status as number | null, output }));
  return { wrapper, ended };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("passes on the exit code", async () => {
  expect(await wrap("process.exit(5)").ended).toEqual({ status: 5, output: "" });
});

test("reports a child killed by a signal as a shell does", async () => {
  expect(await wrap("process.kill(process.pid, 'SIGKILL')").ended).toEqual({ status: 137, output: "" });
});

test.each(["SIGINT", "SIGTERM"] as const)("forwards %s and waits for the child", async (signal) => {
  const { wrapper, ended } = wrap(CHILD);
  await once(wrapper.stdout, "data");
  wrapper.kill(signal);
  expect(await ended).toEqual({ status: 3, output: `ready\n${signal} cleaned up\n` });
});

describe("a program beside others", () => {
  const wait = (milliseconds: number) => `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;
  const OWN = 'console.log("own");';
  const SHOW = "process.exitCode = await beside.show();";

  test("its output follows when it is shown, that to standard error as well", async () => {
    const code = 'console.log("early"); console.error("error"); setTimeout(() => { console.log("late"); }, 1000);';
    const { status, output } = await beside(code, wait(500), OWN, SHOW).ended;
    expect(status).toBe(0);
    const [first, ...others] = output.trimEnd().split("\n");
    expect(first).toBe("own");
    expect(others.sort()).toEqual(["early", "error", "late"]);
  });

  test("its failure is known before it is shown, and its exit code is passed on", async () => {
    const until = `while (!beside.hasFailed) ${wait(20)}`;
    expect(await beside("process.exit(5)", until, OWN, SHOW).ended).toEqual({ status: 5, output: "own\n" });
  });

  test("one that succeeds or still runs has not failed", async () => {
    const lines = ["console.log(beside.hasFailed);", "await beside.show();", "console.log(beside.hasFailed);"];
    expect(await beside("", ...lines).ended).toEqual({ status: 0, output: "false\nfalse\n" });
  });

  test("a program that cannot be started fails", async () => {
    const lines = [
      'const missing = runBeside("./missing", [], process.env);',
      "process.exitCode = await missing.show();",
    ];
    expect(await wrapper(lines.join("\n")).ended).toEqual({ status: 1, output: "spawn ./missing ENOENT\n" });
  });

  test("it is stopped without showing its output", async () => {
    const stopped = beside("setInterval(() => {}, 1000);", "process.exitCode = await beside.stop();");
    expect(await stopped.ended).toEqual({ status: 143, output: "" });
  });

  test("what it started ends with it", async () => {
    // Their common output ends once both have ended.
    const code = `require("child_process").spawn(process.execPath, ["--eval", ${JSON.stringify(CHILD)}], { stdio: "inherit" });
      setInterval(() => {}, 1000);`;
    const { wrapper: started, ended } = beside(code, SHOW);
    await once(started.stdout, "data");
    started.kill("SIGTERM");
    expect(await ended).toEqual({ status: 143, output: "ready\nSIGTERM cleaned up\n" });
  });

  test.each([
    ["stopped", "process.exitCode = await beside.stop();"],
    ["ended by a signal", 'process.kill(process.pid, "SIGTERM");'],
  ])("a server in a process group of its own ends with it, when it is %s", async (_when, line) => {
    // As a test's moto_server does: it outlives the process that started it, and writes elsewhere.
    const code = `const { pid } = require("child_process").spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], {
        detached: true, stdio: "ignore" });
      console.log(pid);
      setInterval(() => {}, 1000);`;
    const ready = 'const shown = beside.show(); await new Promise((resolve) => process.once("SIGUSR2", resolve));';
    const { wrapper: started, ended } = beside(code, ready, line, "process.exitCode = await shown;");
    await once(started.stdout, "data");
    started.kill("SIGUSR2");
    const { status, output } = await ended;
    expect(status).toBe(143);
    expect(isRunning(Number(output))).toBe(false);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it", async (signal) => {
    const { wrapper: started, ended } = beside(CHILD, SHOW);
    await once(started.stdout, "data");
    started.kill(signal);
    expect(await ended).toEqual({ status: 3, output: `ready\n${signal} cleaned up\n` });
  });
});
