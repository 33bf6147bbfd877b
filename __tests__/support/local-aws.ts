import { openProxy } from "../../sandbox/proxy/proxy";
import type { Send } from "../../sandbox/proxy/http";
import { startMoto } from "../../sandbox/moto";

/** A moto that programs reach at an endpoint. */
export interface LocalAws {
  readonly url: string;
  /** Sends moto itself a request, past the front door. */
  readonly send: Send;
  readonly stop: () => Promise<void>;
}

/** Starts moto behind a front door that repairs nothing. */
export async function startLocalAws(workFolder: string, env: NodeJS.ProcessEnv = process.env): Promise<LocalAws> {
  const command = process.env["TRAILWATCH_MOTO_SERVER"] ?? "moto_server";
  const moto = await startMoto({ command, workFolder, env });
  const door = await openProxy({ upstream: moto.send, shims: [], lastWords: moto.lastWords });
  return {
    url: door.endpoint,
    send: moto.send,
    stop: async () => {
      await door.stop();
      await moto.stop();
    },
  };
}
