import assert from "node:assert";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { expectedMessage, failureText, isInternal } from "../../../lib/support/failure";

const before = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwatch-failure-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

/** What the code throws. */
function thrownBy(code: () => unknown): unknown {
  try {
    code();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
const withCode = (code: string, message = "message") => Object.assign(new Error(message), { code });

test.each<[string, unknown]>([
  ["TypeError", thrownBy(() => (undefined as unknown as { write: string }).write)],
  ["RangeError", thrownBy(() => "x".repeat(-1))],
  ["ReferenceError", new ReferenceError("a is not defined")],
  ["SyntaxError", thrownBy(() => JSON.parse("{") as unknown)],
  ["EvalError", new EvalError("no")],
  ["URIError", thrownBy(() => decodeURIComponent("%"))],
  [
    "AssertionError",
    thrownBy(() => {
      assert.equal(1, 2);
    }),
  ],
  ["ZodError", thrownBy(() => z.string().parse(1))],
  ["Error", withCode("ERR_STREAM_WRITE_AFTER_END")],
  ["Error", withCode("ERR_INVALID_ARG_TYPE")],
  ["'text'", "text"],
  ["undefined", undefined],
  ["null", null],
  ["{ code: 'D3030' }", { code: "D3030" }],
])("%s is a bug of ours, with a log that has its stack", (what, error) => {
  expect(isInternal(error)).toBe(true);
  const text = failureText(error);
  expect(text).toMatch(/^This is a bug in Trailwatch, not a mistake of yours \(/);
  expect(text).toContain(what);
  expect(text).toMatch(/\n {2}version: +\d+\.\d+\.\d+, Node\.js \d+\./);
  expect(text).toMatch(/\n {2}command line: .*\S/);
  const log = / log: +(\S+)$/.exec(text)?.[1] ?? "";
  expect(log).toMatch(/^\.trailwatch\/logs\//);
  expect(readFileSync(log, "utf8")).toContain(error instanceof Error ? (error.stack ?? "") : what);
});

const MISSING = join(tmpdir(), "no-such-file");

test.each<[string, unknown, string]>([
  ["ours", new Error("'id' must be in quotes"), "'id' must be in quotes"],
  ["of the file system", thrownBy(() => readFileSync(MISSING)), `'${MISSING}' cannot be opened`],
  ["of rm", withCode("ERR_FS_EISDIR", "Path is a directory"), "Path is a directory"],
  ["without a message", Object.assign(new Error(""), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
  [
    "of the AWS SDK",
    Object.assign(new Error("no credentials"), { name: "CredentialsProviderError" }),
    "no credentials",
  ],
  ["of a service", Object.assign(new Error("no"), { name: "AccessDeniedException", $metadata: {} }), "no"],
  ["of a connection that broke", withCode("ERR_STREAM_PREMATURE_CLOSE", "Premature close"), "Premature close"],
  ["of TLS", withCode("ERR_SSL_WRONG_VERSION_NUMBER", "wrong version number"), "wrong version number"],
  ["of a certificate", withCode("ERR_TLS_CERT_ALTNAME_INVALID", "does not match"), "does not match"],
  ["of memory", withCode("ERR_WORKER_OUT_OF_MEMORY", "reaching memory limit"), "reaching memory limit"],
  ["of commander", withCode("commander.unknownOption", "unknown option"), "unknown option"],
  ["of fetch", new TypeError("fetch failed", { cause: withCode("ECONNREFUSED", "") }), "fetch failed: ECONNREFUSED"],
  ["a bad endpoint", thrownBy(() => new URL("localhost 4566")), "'localhost 4566' is not a URL"],
  [
    "an answer",
    Object.assign(new SyntaxError("Unexpected token"), { $metadata: {} }),
    "AWS sent an answer that cannot",
  ],
])("one %s is its message, without a log", (_, error, message) => {
  expect(isInternal(error)).toBe(false);
  expect(failureText(error).startsWith(message)).toBe(true);
  expect(expectedMessage(error)).toBe(failureText(error));
  expect(existsSync(".trailwatch")).toBe(false);
});

test("a message that says more never hides a bug", () => {
  const bug = new TypeError("x is not a function");
  expect(thrownBy(() => expectedMessage(bug))).toBe(bug);
});

test("the log has every cause", () => {
  const text = failureText(new TypeError("outer", { cause: new Error("inner") }));
  const log = readFileSync(/ log: +(\S+)$/.exec(text)?.[1] ?? "", "utf8");
  expect(log).toMatch(/TypeError: outer\n(.*\n)*Caused by: Error: inner\n/);
});

test("where the folder takes no log, it lies among the temporary files", () => {
  writeFileSync(".trailwatch", "a file");
  chmodSync(".trailwatch", 0o400);
  const log = / log: +(\S+)$/.exec(failureText(new TypeError("x")))?.[1] ?? "";
  expect(log.startsWith(join(tmpdir(), "trailwatch-logs"))).toBe(true);
  expect(readFileSync(log, "utf8")).toContain("TypeError: x");
  rmSync(log);
  expect(readdirSync(folder)).toEqual([".trailwatch"]);
});
