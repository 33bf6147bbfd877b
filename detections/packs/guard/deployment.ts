import { ownNames } from "../../../lib/naming/own-names";
import { globalArn } from "../../../lib/aws/partitions";
import { roleNameOf } from "../../../lib/naming/role-names";
import { all, any, equals, not, oneOf, type Condition } from "../../condition";
import type { WatchedAccount } from "../../detection";
import { DEPLOYMENT_CALLS } from "./deployment-calls";

/**
 * The call came from Trailwatch's own deployment: its role, with its session name. People who assume the same role have
 * other session names. Undefined where no role is known, as in a management account without one.
 */
export function byDeployment({ id, names, homeRegion, deploymentRole }: WatchedAccount): Condition | undefined {
  if (deploymentRole === undefined) return undefined;
  const session = `assumed-role/${roleNameOf(deploymentRole)}/${ownNames(names).deploymentSession}`;
  return equals("userIdentity.arn", globalArn(homeRegion, "sts", id, session));
}

/**
 * One of the conditions, without the calls that Trailwatch's own deployment makes, which must not page: the detection
 * `own-deployment` reports those. Operations that the conditions name and no deployment calls match by anyone. A name
 * with a `*` or a regular expression is passed over for the deployment as a whole.
 */
export function byOthers(account: WatchedAccount, conditions: readonly Condition[]): Condition {
  const deployment = byDeployment(account);
  if (deployment === undefined) return any(...conditions);
  const never = conditions.filter(isNeverDeployed);
  const routine = conditions.filter((condition) => !never.includes(condition));
  if (routine.length === 0) return any(...never);
  const unusual = routine.flatMap((condition) => operationsIn(condition)).filter((call) => !isDeploymentCall(call));
  const names = [...new Set(unusual.map(({ operation }) => operation))];
  const others = any(not(deployment), ...(names.length === 0 ? [] : [oneOf("eventName", names)]));
  return any(...never, all(any(...routine), others));
}

/** Whether a condition names operations, and no deployment calls any of them. */
function isNeverDeployed(condition: Condition): boolean {
  const named = operationsIn(condition);
  return named.length > 0 && !named.some(isDeploymentCall);
}

interface Operation {
  /** Service in CloudTrail's event source, without `.amazonaws.com`. */
  readonly service: string;
  readonly operation: string;
}

/** Operations by a wildcard or a regular expression, which a deployment makes some of. */
const ANY = "*";

function isDeploymentCall({ service, operation }: Operation): boolean {
  return operation === ANY || (DEPLOYMENT_CALLS[service] ?? []).includes(operation);
}

/** The operations that a condition compares the event name with. */
function operationsIn(condition: Condition, service = ""): Operation[] {
  switch (condition.kind) {
    case "equals":
      return condition.field === "eventName" ? [{ service, operation: condition.value }] : [];
    case "all": {
      const [source = service] = condition.conditions.flatMap(sourceIn);
      return condition.conditions.flatMap((part) => operationsIn(part, source));
    }
    case "any":
      return condition.conditions.flatMap((part) => operationsIn(part, service));
    case "matches":
    case "matchesRegex":
      return condition.field === "eventName" ? [{ service, operation: ANY }] : [];
    case "differs":
    case "exists":
    case "boolean":
    case "compare":
    case "not":
      return [];
  }
}

function sourceIn(condition: Condition): string[] {
  if (condition.kind !== "equals" || condition.field !== "eventSource") return [];
  return [condition.value.replace(/\.amazonaws\.com$/, "")];
}
