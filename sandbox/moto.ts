import { closeSync, openSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endOf, lastLines } from "./log-tail";
import { messageOf } from "./message-of";
import { ProcessGroup } from "./process-group";

/** Python and moto's hundred services take seconds to load, on a busy machine many. */
const START_MILLISECONDS = 90_000;
const STOP_MILLISECONDS = 5_000;
const LOG_LINES = 12;

/** How moto is started. */
export interface MotoOptions {
  /** The `moto_server` program. */
  readonly command: string;
  /** Folder for its log. */
  readonly workFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A running moto: every AWS service in one process, in memory. */
export interface Moto {
  readonly url: string;
  /** The end of its log. */
  readonly lastWords: () => Promise<string>;
  /** Resolves with an error if moto ends without being asked to. */
  readonly crashed: Promise<Error>;
  readonly stop: () => Promise<void>;
}

/** Starts moto on a free loopback port and resolves once it answers. */
export async function startMoto({ command, workFolder, env }: MotoOptions): Promise<Moto> {
  const logFile = join(workFolder, "moto.log");
  const port = await freePort();
  const log = openSync(logFile, "w");
  const moto = new ProcessGroup(command, ["-H", "127.0.0.1", "-p", String(port)], { env, output: log });
  closeSync(log);

  let stopping = false;
  const stop = async () => {
    stopping = true;
    await moto.stop(STOP_MILLISECONDS);
  };
  const crashed = new Promise<Error>((resolve) => {
    moto.ended.then(
      async (ending) => {
        if (stopping) return;
        resolve(new Error(`moto ended with ${ending}; ${logFile} ends in:\n${await lastLines(logFile, LOG_LINES)}`));
      },
      (error: unknown) => {
        resolve(new Error(`moto could not be started: ${messageOf(error)}`));
      },
    );
  });

  const url = `http://127.0.0.1:${port}`;
  const giveUp = new AbortController();
  const failure = await Promise.race([crashed, answers(url, giveUp.signal)]);
  if (failure !== undefined) {
    giveUp.abort();
    await stop();
    throw failure;
  }
  return { url, crashed, stop, lastWords: () => endOf(logFile) };
}

/** Resolves with nothing once moto answers, with an error when it takes too long. */
async function answers(url: string, giveUp: AbortSignal): Promise<Error | undefined> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && !giveUp.aborted) {
    if (await answersNow(url)) return undefined;
    await sleep(100);
  }
  return new Error(`moto gave no answer on ${url} within ${START_MILLISECONDS / 1000} s`);
}

function answersNow(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request(`${url}/moto-api/`, { agent: false }, (response) => {
      response.resume();
      resolve(true);
    });
    probe.once("error", () => {
      resolve(false);
    });
    probe.end();
  });
}

/** A port that nobody listens on at the moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
