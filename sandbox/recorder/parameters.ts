import type { Exchange } from "../proxy/call";
import type { CallFailure } from "./outcome";
import type { Fields } from "./fields";
import { recordsResponse } from "./read-only";
import { s3Parameters } from "./s3-input";
import { withoutSecrets } from "./secrets";
import { spelled } from "./spelling";

/** Operations whose response CloudTrail reduces to the ARN, as in real records. */
const ARN_ONLY = new Set(["CreateSecret", "PutSecretValue", "UpdateSecret"]);

/** `requestParameters` of a record; null when there are none. */
export function requestParameters(exchange: Exchange, input: Fields, failure: CallFailure | undefined): Fields | null {
  const { service, operation } = exchange.call;
  if (service === "s3") return s3Parameters(exchange);
  // Most services record no parameters of a denied call; S3 and EC2 do, as real records show.
  if (failure?.errorCode === "AccessDenied") return null;
  const parameters = spelled(service === "ec2" ? inItems(input) : input) as Fields;
  return orNull(withoutSecrets(parameters, service, operation));
}

/** `responseElements` of a record; null for calls that change nothing, and for those that failed. */
export function responseElements({ call }: Exchange, output: Fields, failure: CallFailure | undefined): Fields | null {
  // S3's answers to changes are empty, or objects.
  if (failure !== undefined || call.service === "s3" || !recordsResponse(call)) return null;
  const elements = spelled(call.service === "ec2" ? inItems(ec2Output(output)) : output) as Fields;
  if (ARN_ONLY.has(call.operation)) return orNull({ arn: elements["aRN"] });
  return orNull(withoutSecrets(elements, call.service, call.operation));
}

/** `<return>` is `_return` in records, and the namespace is left out. */
function ec2Output(output: Fields): Fields {
  return Object.fromEntries(
    Object.entries(output)
      .filter(([name]) => name !== "xmlns")
      .map(([name, value]) => [name === "return" ? "_return" : name, value]),
  );
}

function orNull(fields: Fields): Fields | null {
  return Object.keys(fields).length === 0 ? null : fields;
}

/** EC2's lists are objects in records: `{ items: [...] }`. */
function inItems(value: unknown): unknown {
  if (Array.isArray(value)) return { items: value.map(inItems) };
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const { item, ...others } = value as Fields & { readonly item?: unknown };
  if (item !== undefined && Object.keys(others).length === 0)
    return { items: (Array.isArray(item) ? item : [item]).map(inItems) };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inItems(inner)]));
}
