import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { forwardTo } from "./proxy/forward";
import type { Send } from "./proxy/http";
import { endOf, lastLines } from "./log-tail";
import { expectedMessage } from "../lib/support/failure";
import { ProcessGroup } from "./process-group";

/** Python and moto's hundred services take seconds to load, and much longer on a busy machine. */
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
  /** The Unix socket that it listens on. It has no port, so that no browser and no other user can reach it. */
  readonly socketPath: string;
  /** Sends it a request. */
  readonly send: Send;
  /** The end of its log. */
  readonly lastWords: () => Promise<string>;
  /** Resolves with an error if moto exits without having been stopped. */
  readonly crashed: Promise<Error>;
  readonly stop: () => Promise<void>;
}

/** An address where nothing listens: port 1 belongs to a service (tcpmux, RFC 1078) that no system runs. */
const NOWHERE = "http://127.0.0.1:1";

/**
 * Isolates moto: its answers have no headers that let pages of other origins read them, and none of its own calls
 * (subscribers over http, API destinations, images of functions) leaves it.
 */
const ISOLATION: NodeJS.ProcessEnv = {
  MOTO_DISABLE_GLOBAL_CORS: "true",
  MOTO_EVENTS_INVOKE_HTTP: "false",
  // The Python library `requests`, which moto uses for its calls, reads these variables in either case.
  ...Object.fromEntries(["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => both(name, NOWHERE))),
  ...Object.fromEntries(both("no_proxy", undefined)),
  DOCKER_HOST: NOWHERE.replace("http", "tcp"),
  // moto gets the paths of some services from botocore, and botocore looks for credentials: without any it would call
  // the metadata service, through that proxy. No call is made with these.
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "moto",
  AWS_SECRET_ACCESS_KEY: "moto",
  // If the user's profile is missing, or calls a program, each of these would fail.
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
  // A folder that only this user can access, with a short name: the path of a socket is limited to some 100 characters.
  const socketFolder = mkdtempSync(join(tmpdir(), "trailwatch-"));
  const socketPath = join(socketFolder, "moto.sock");
  const removeSocket = (): void => {
    rmSync(socketFolder, { recursive: true, force: true });
  };
  // Also without an orderly stop.
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

/** Resolves with undefined once moto answers, or with an error when it takes too long. */
async function answers(send: Send, giveUp: AbortSignal): Promise<Error | undefined> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (Date.now() < deadline && !giveUp.aborted) {
    if (await answersNow(send)) return undefined;
    await sleep(100);
  }
  return new Error(`moto did not answer within ${START_MILLISECONDS / 1000} s`);
}

function answersNow(send: Send): Promise<boolean> {
  return send({ method: "GET", url: "/moto-api/", headers: { host: "127.0.0.1" }, body: Buffer.alloc(0) }).then(
    () => true,
    () => false,
  );
}
