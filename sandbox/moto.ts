import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { forwardTo } from "./proxy/forward";
import type { Send } from "./proxy/http";
import { endOf, lastLines } from "./log-tail";
import { expectedMessage } from "../lib/support/failure";
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
  /** The socket of this machine that it listens on. It has no port, so that no browser and no other user reaches it. */
  readonly socketPath: string;
  /** Sends it a request. */
  readonly send: Send;
  /** The end of its log. */
  readonly lastWords: () => Promise<string>;
  /** Resolves with an error if moto exits without having been stopped. */
  readonly crashed: Promise<Error>;
  readonly stop: () => Promise<void>;
}

/** Where nothing listens: port 1 is that of a service (tcpmux, RFC 1078) that no system runs. */
const NOWHERE = "http://127.0.0.1:1";

/**
 * What keeps moto by itself: no answer of its has headers that let pages of other origins read it, and none of its calls
 * (subscribers over http, API destinations, images of functions) leaves it.
 */
const ISOLATION: NodeJS.ProcessEnv = {
  MOTO_DISABLE_GLOBAL_CORS: "true",
  MOTO_EVENTS_INVOKE_HTTP: "false",
  // The Python library `requests`, by which moto calls, goes by these, in either case.
  ...Object.fromEntries(["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => both(name, NOWHERE))),
  ...Object.fromEntries(both("no_proxy", undefined)),
  DOCKER_HOST: NOWHERE.replace("http", "tcp"),
  // moto gets the paths of some services from botocore, and botocore looks for credentials: without any it would call
  // the metadata service, through that proxy. No call is made with these.
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "moto",
  AWS_SECRET_ACCESS_KEY: "moto",
  // A profile of the user's that is not there, or calls a program, would fail each of these.
  AWS_PROFILE: undefined,
  AWS_DEFAULT_PROFILE: undefined,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
};

function both(name: string, value: string | undefined): [string, string | undefined][] {
  return [
    [name, value],
    [name.toUpperCase(), value],
  ];
}

/** Starts moto on a socket of its own and resolves once it answers. */
export async function startMoto({ command, workFolder, env }: MotoOptions): Promise<Moto> {
  const logFile = join(workFolder, "moto.log");
  // A folder that is this user's alone, of a short name: the path of a socket has no more than some 100 characters.
  const socketFolder = mkdtempSync(join(tmpdir(), "trailwatch-"));
  const socketPath = join(socketFolder, "moto.sock");
  const removeSocket = (): void => {
    rmSync(socketFolder, { recursive: true, force: true });
  };
  // Also when nothing is stopped in order.
  process.once("exit", removeSocket);
  const log = openSync(logFile, "w");
  const moto = new ProcessGroup(command, ["-H", `unix://${socketPath}`], {
    env: { ...env, ...ISOLATION },
    output: log,
    workFolder,
  });
  closeSync(log);

  let stopping = false;
  const stop = async () => {
    stopping = true;
    await moto.stop(STOP_MILLISECONDS);
    process.removeListener("exit", removeSocket);
    removeSocket();
  };
  const crashed = new Promise<Error>((resolve) => {
    moto.ended.then(
      async (ending) => {
        if (stopping) return;
        resolve(new Error(`moto ended with ${ending}; ${logFile} ends in:\n${await lastLines(logFile, LOG_LINES)}`));
      },
      (error: unknown) => {
        resolve(new Error(`moto could not be started: ${expectedMessage(error)}`));
      },
    );
  });

  const send = forwardTo({ socketPath });
  const giveUp = new AbortController();
  const failure = await Promise.race([crashed, answers(send, giveUp.signal)]);
  if (failure !== undefined) {
    giveUp.abort();
    await stop();
    throw failure;
  }
  return { socketPath, send, crashed, stop, lastWords: () => endOf(logFile) };
}

/** Resolves with nothing once moto answers, with an error when it takes too long. */
async function answers(send: Send, giveUp: AbortSignal): Promise<Error | undefined> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && !giveUp.aborted) {
    if (await answersNow(send)) return undefined;
    await sleep(100);
  }
  return new Error(`moto gave no answer within ${START_MILLISECONDS / 1000} s`);
}

function answersNow(send: Send): Promise<boolean> {
  return send({ method: "GET", url: "/moto-api/", headers: { host: "127.0.0.1" }, body: Buffer.alloc(0) }).then(
    () => true,
    () => false,
  );
}
