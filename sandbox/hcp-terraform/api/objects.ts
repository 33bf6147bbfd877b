import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "../../../lib/support/write-file";
import type { Context } from "../context";
import { ApiError, notFound, unprocessable } from "../json-api";
import type { ConfigurationVersion, StateVersion } from "../records";
import type { Route } from "../route";

/** How much of a log is sent at once unless the request says so. */
const LOG_BYTES = 64 * 1024;

/** Uploads and downloads of states, archives and logs. Their names are secret, so they need no token. */
export function objectRoutes(context: Context): Route[] {
  const { store, queue } = context;
  return [
    {
      call: "PUT /_objects/:name",
      isOpen: true,
      answer: ({ parameters: { name = "" }, body }) => {
        const state = store.all("stateVersions").find(({ stateObject }) => stateObject === name);
        const json = store.all("stateVersions").find(({ jsonObject }) => jsonObject === name);
        const archive = store.all("configurationVersions").find(({ object }) => object === name);
        const owner: StateVersion | ConfigurationVersion | undefined = state ?? json ?? archive;
        if (owner === undefined) throw notFound("this upload");
        if (owner.status !== "pending" && owner !== json)
          throw new ApiError(409, "conflict", "It is uploaded already.");
        if (state !== undefined && createHash("md5").update(body).digest("hex") !== state.md5)
          throw unprocessable("the state does not have the MD5 that it was announced with");
        writeFile(store.objectPath(name), body, { mode: 0o600 });
        if (state !== undefined) store.change("stateVersions", state.id, { status: "finalized" });
        if (archive !== undefined) queue.configurationUploaded(archive);
        return { status: 200 };
      },
    },
    {
      call: "GET /_objects/:name",
      isOpen: true,
      answer: ({ parameters: { name = "" }, query }) => {
        const path = store.objectPath(name);
        const isLog = store.all("runs").some(({ plan, apply }) => plan.log === name || apply.log === name);
        if (!/^\w+$/.test(name) || (!isLog && !existsSync(path))) throw notFound("this download");
        const content = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
        if (!isLog) return { content, contentType: "application/json" };
        // Source: HCP Terraform's clients read logs in parts, by `offset` and `limit`.
        const offset = Number(query.get("offset") ?? 0);
        const limit = Number(query.get("limit") ?? LOG_BYTES);
        return { content: content.subarray(offset, offset + limit), contentType: "text/plain" };
      },
    },
  ];
}
