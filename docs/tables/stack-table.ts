import { markdownTable } from "../../detections/docs/markdown";
import { ALERT_HUB_STACK, monitoredAccountOf } from "../../lib/naming/stack-ids";
import type { Stack } from "../../lib/terraform/read/stack";
import { accountNamed, type Account, type Organization } from "../../organization/organization";

/** Contents of a stack, and the reason why an organization has it. */
interface Purpose {
  readonly contents: string;
  readonly reason: string;
}

/** Stacks that an organization has once; `state-backend` only with state in a bucket that Trailwatch creates. */
const SHARED: Readonly<Record<string, Purpose>> = {
  "state-backend": {
    contents: "bucket and key for Terraform state",
    reason: "`state.backend: s3` without `state.existing`",
  },
  "log-archive": { contents: "archive bucket, its key and access logs, Athena queries", reason: "always" },
  [ALERT_HUB_STACK]: {
    contents: "event bus, state machines and topics that turn the alarms of all accounts into messages",
    reason: "`alertHub`",
  },
  "organization-trail": { contents: "organization trail and its log group", reason: "always" },
};

/** The stacks of an organization, in the order of their synthesis. */
export function stackTable(stacks: readonly Stack[], organization: Organization): string {
  const rows = stacks.map((stack) => {
    const { contents, reason } = purposeOf(stack, organization);
    return [`\`${stack.id}\``, accountOf(stack, organization).name, String(resourcesOf(stack)), contents, reason];
  });
  return markdownTable(["stack", "account", "resources", "contents", "reason"], rows, [2]);
}

function purposeOf(stack: Stack, organization: Organization): Purpose {
  const monitored = monitoredAccountOf(stack.id);
  if (monitored !== undefined) return monitoringOf(stack, accountNamed(organization, monitored));
  const purpose = SHARED[stack.id];
  if (purpose === undefined) throw new TypeError(`SHARED in docs/tables/stack-table.ts has no entry '${stack.id}'`);
  return purpose;
}

/** An account has the stack for the detections of its packs and for the secrets that it creates. */
function monitoringOf({ resources }: Stack, { feed, packs, secrets }: Account): Purpose {
  const alarms = Object.keys(resources.aws_cloudwatch_metric_alarm ?? {}).length;
  const created = secrets.create.map(({ name }) => `secret \`${name}\``);
  return {
    contents: `feed \`${feed}\`, ${alarms} alarms, topics, dashboard`,
    reason: [`packs ${packs.map((pack) => `\`${pack}\``).join(", ")}`, ...created].join("; "),
  };
}

function accountOf({ accountId }: Stack, { accounts }: Organization): Pick<Account, "name"> {
  return accounts.find(({ id }) => id === accountId) ?? { name: "" };
}

function resourcesOf({ resources }: Stack): number {
  return Object.values(resources).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
}
