import { printableJson } from "../../lib/support/printable";
import type { IncomingMessage, ServerResponse } from "node:http";
import { SECURITY_HEADERS } from "./security-headers";

/** Interval in milliseconds that is short enough that no intermediary considers the connection dead. */
const KEEP_ALIVE = 15_000;
/**
 * Bytes that may be buffered for a browser that does not read. Above this limit it is disconnected, and starts over
 * when it reconnects.
 */
const MOST_WAITING = 16 * 1024 * 1024;

/** Server-sent events to every open page. Source: HTML Living Standard, server-sent events. */
export class EventStream {
  private readonly open = new Set<ServerResponse>();
  private readonly keepAlive = setInterval(() => {
    for (const response of this.open) response.write(":\n\n");
  }, KEEP_ALIVE).unref();

  get isWatched(): boolean {
    return this.open.size > 0;
  }

  /** Adds a browser. It gets `snapshot` first, also after a reconnect, and then what is sent. */
  add(request: IncomingMessage, response: ServerResponse, snapshot: unknown): void {
    response.writeHead(200, { ...SECURITY_HEADERS, "content-type": "text/event-stream; charset=utf-8" });
    response.write(`retry: 1000\n${message("snapshot", snapshot)}`);
    this.open.add(response);
    request.on("close", () => this.open.delete(response));
  }

  send(event: string, data: unknown): void {
    const text = message(event, data);
    for (const response of this.open) {
      if (response.writableLength > MOST_WAITING) response.destroy();
      else response.write(text);
    }
  }

  close(): void {
    clearInterval(this.keepAlive);
    for (const response of this.open) response.end();
  }
}

function message(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${printableJson(data)}\n\n`;
}
