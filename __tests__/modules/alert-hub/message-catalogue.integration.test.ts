import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

// A process of its own: JSONata runs many times as long within Jest.
test("every alarm has a sentence, a short subject and a card; every detection says who did what", async () => {
  const args = ["--import", "tsx", join(__dirname, "message-catalogue.run.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual([]);
});
