import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const PROCESSES = pathToFileURL(resolve("scripts", "processes.mjs")).href;

/** Says when it is ready, takes a moment to clean up when it is signalled to end, and exits with 3. */
const CHILD = `
  const end = (signal) => setTimeout(() => { console.log(signal, "cleaned up"); process.exit(3); }, 100);
  process.on("SIGINT", end).on("SIGTERM", end);
  setInterval(() => {}, 1000);
  console.log("ready");`;

/** Starts a wrapper like npm start's around the code, and collects what the two print and end with. */
function wrap(code: string) {
  const wrapper = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { run } from ${JSON.stringify(PROCESSES)};
       process.exitCode = await run(process.execPath, ["--eval", ${JSON.stringify(code)}], process.env);`,
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let output = "";
  wrapper.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(wrapper, "close").then(([status]) => ({ status: status as number | null, output }));
  return { wrapper, ended };
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
