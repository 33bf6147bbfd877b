import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Moto, startMoto } from "../../sandbox/moto";

const folder = mkdtempSync(join(tmpdir(), "trailwatch-moto-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A program in moto's place, called with `-H unix://<socket>`. */
function program(source: string): string {
  const file = join(mkdtempSync(join(folder, "bin-")), "moto_server");
  writeFileSync(file, `#!${process.execPath}\n${source}\n`);
  chmodSync(file, 0o755);
  return file;
}

const SERVER = `
const server = require("node:http").createServer((request, response) => {
  if (request.url === "/crash") { console.error("Traceback\\nMemoryError"); process.exit(3); }
  response.end(request.url === "/env" ? JSON.stringify(process.env) : String(process.pid));
});
server.listen(process.argv[3].slice("unix://".length));
`;

async function ask(moto: Moto, url: string): Promise<string> {
  const { body } = await moto.send({ method: "GET", url, headers: { host: "moto" }, body: Buffer.alloc(0) });
  return body.toString();
}

describe("startMoto", () => {
  const start = (source: string) => startMoto({ command: program(source), workFolder: folder, env: process.env });

  test("resolves once it answers, and ends it", async () => {
    const moto = await start(SERVER);
    const pid = Number(await ask(moto, "/"));
    await moto.stop();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  test("gets no credentials of the user, and cannot call out", async () => {
    const env = { ...process.env, AWS_PROFILE: "missing", AWS_ACCESS_KEY_ID: undefined, https_proxy: undefined };
    const moto = await startMoto({ command: program(SERVER), workFolder: folder, env });
    const seen = JSON.parse(await ask(moto, "/env")) as NodeJS.ProcessEnv;
    expect(seen).toMatchObject({ AWS_EC2_METADATA_DISABLED: "true", AWS_ACCESS_KEY_ID: "moto" });
    expect(seen).toMatchObject({ https_proxy: "http://127.0.0.1:1", HTTP_PROXY: "http://127.0.0.1:1" });
    expect(seen["AWS_PROFILE"]).toBeUndefined();
    await moto.stop();
  });

  test("reports a crash with the log's last lines", async () => {
    const moto = await start(SERVER);
    await ask(moto, "/crash").catch(() => undefined);
    const error = await moto.crashed;
    expect(error.message).toMatch(/^moto ended with 3; .*moto\.log ends in:\n {2}Traceback\n {2}MemoryError$/);
    await moto.stop();
  });

  test("rejects one that exits at once", async () => {
    await expect(start('console.error("no flask"); process.exit(1);')).rejects.toThrow(
      /^moto ended with 1; .*ends in:\n {2}no flask$/,
    );
  });

  test("reports that there is no such program", async () => {
    const missing = startMoto({ command: join(folder, "missing"), workFolder: folder, env: process.env });
    await expect(missing).rejects.toThrow(/^moto could not be started: spawn .* ENOENT$/);
  });
});
