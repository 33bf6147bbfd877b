import { cbor } from "@smithy/core/cbor";
import type { Exchange } from "../proxy/call";
import { target } from "../proxy/http";
import { jsonOf } from "../proxy/shim";
import { fieldsOf, type Fields } from "./fields";
import { queryInput } from "./query-input";
import { queryOutput, xmlFields } from "./xml-fields";

/** The caller's input, with the API's own names and structure, whatever the protocol. S3 has its own file. */
export function requestInput({ call, request }: Pick<Exchange, "call" | "request">): Fields {
  switch (call.protocol) {
    case "json":
      return jsonOf(request);
    case "cbor":
      return cborFields(request.body);
    case "query":
      return queryInput(
        new URLSearchParams(request.method === "GET" ? queryOf(request.url) : request.body.toString("utf8")),
      );
    case "rest-json":
      return { ...pathFields(request.url), ...jsonOf(request) };
    case "rest-xml":
      return xmlFields(request.body);
  }
}

/** The service's output; for an error, its code and message under their own names. */
export function responseOutput({ call, response }: Exchange): Fields {
  switch (call.protocol) {
    case "json":
    case "rest-json":
      return jsonOf(response);
    case "cbor":
      return cborFields(response.body);
    case "query":
      // EC2 does not wrap its result.
      return call.service === "ec2" ? xmlFields(response.body) : queryOutput(response.body);
    case "rest-xml":
      return xmlFields(response.body);
  }
}

function cborFields(body: Buffer): Fields {
  try {
    return body.length === 0 ? {} : fieldsOf(cbor.deserialize(body));
  } catch {
    return {};
  }
}

function queryOf(url: string): string {
  return url.slice(url.indexOf("?") + 1);
}

/** REST services have names in the path: `/schedules/<name>?groupName=<group>`. */
function pathFields(url: string): Fields {
  const { path, query } = target({ method: "", url, headers: {}, body: Buffer.alloc(0) });
  const [, kind = "", name] = path.split("/");
  const named = name === undefined || name === "" ? {} : { [NAMES.get(kind) ?? "name"]: decodeURIComponent(name) };
  return { ...named, ...Object.fromEntries(query) };
}

/** The parameter in the second part of a path, where it is not `name`. */
const NAMES = new Map([
  ["detector", "detectorId"],
  ["tags", "resourceArn"],
]);
