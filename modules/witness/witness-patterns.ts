import { DEPLOYMENT_CALLS } from "../../detections/packs/guard/deployment-calls";
import type { WitnessedCalls, WitnessedService } from "./witnessed-calls";

/**
 * The EventBridge pattern of a service's calls. The calls that a deployment makes are left out for the session of the
 * account's deployment role; a caller without ARN, such as a subscriber who follows a link in a mail, is not left out.
 */
export function witnessPattern({ service, calls }: WitnessedService, deploymentSession: string | undefined): object {
  const [first = {}, ...others] = calls.flatMap((each) => alternativesOf(each, service, deploymentSession));
  // EventBridge refuses an `$or` with one alternative.
  const either = others.length === 0 ? first : { $or: [first, ...others] };
  return {
    source: [{ prefix: "aws." }],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: [`${service}.amazonaws.com`], ...either },
  };
}

function alternativesOf(
  { calls, parameter }: WitnessedCalls,
  service: string,
  deploymentSession: string | undefined,
): object[] {
  const target = parameter === undefined ? {} : { requestParameters: nested(parameter.name, parameter.matches) };
  if (deploymentSession === undefined) return [{ eventName: calls, ...target }];
  const deployed = calls.filter((name) => DEPLOYMENT_CALLS[service]?.includes(name));
  const never = calls.filter((name) => !deployed.includes(name));
  const others = { userIdentity: { arn: [{ "anything-but": [deploymentSession] }, { exists: false }] } };
  return [
    ...(never.length === 0 ? [] : [{ eventName: never, ...target }]),
    ...(deployed.length === 0 ? [] : [{ eventName: deployed, ...target, ...others }]),
  ];
}

/** `a.b` as `{ a: { b: … } }`. */
function nested(path: string, value: object): object {
  return path.split(".").reduceRight((inner, key) => ({ [key]: inner }), value);
}
