import { interruptibly } from "../../cli/interruption";
import { commandLine } from "./command-line";

const trailwatch = commandLine();
const isUnread = () => process.stdout.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));

test("work whose output is closed ends in order, with an exit code for incomplete output", async () => {
  const exit = jest.spyOn(process, "exit").mockReturnValue(undefined as never);
  await trailwatch("review", "no/such/folder");
  const work = interruptibly(
    (signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          resolve();
        });
      }),
  );
  isUnread();
  await work;
  expect(process.exitCode).toBe(130);
  expect(exit).not.toHaveBeenCalled();
  isUnread();
  expect(exit).toHaveBeenCalledWith();
});
