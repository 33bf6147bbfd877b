import { endpointsOf } from "../../lib/naming/subscriber-kinds";
import type { Checked } from "./check";
import { validAccount } from "../resolve/valid-account";
import type { Problem } from "./problem";
import type { AccountFile, OrganizationFile } from "../schema/schema";
import { TOPIC_NAMES, type TopicName } from "../schema/subscribers";
import { choicesOf } from "../resolve/subscriptions";

type Account = Checked<AccountFile>;
type Organization = Checked<OrganizationFile>;

const SILENT = "name at least one subscriber, or an existing topic: an alarm without a subscriber notifies no one";

/** Topics without subscribers, of accounts with a detection on. */
export function silenceProblems(accounts: readonly Account[], organization: Organization): Problem[] {
  const watching = accounts.filter((account) => isWatching(account, organization));
  const byHub = organization.valid.alertHub !== undefined;
  const relying = watching.filter(({ complete }) => complete && (byHub || complete.notifications === undefined));
  return [
    ...watching.flatMap(({ file, valid }) => silentTopics(valid.notifications).map((topic) => problem(file, topic))),
    ...(relying.length === 0 ? [] : silentTopicsOf(organization.valid)).map((topic) =>
      // Report one missing setting once, however many accounts rely on it.
      problem(organization.file, topic, reliance(relying)),
    ),
  ];
}

function isWatching(account: Account, organization: Organization): boolean {
  const known = validAccount(account, organization);
  const own = account.valid.detections;
  const { detections, trail } = organization.valid;
  if (known === undefined || own === undefined || detections === undefined || trail === undefined) return false;
  const parts = { detections: own, feed: known.feed, packs: known.packs.value, role: known.role };
  return choicesOf({ detections, trail }, parts).some(({ off }) => off === undefined);
}

/** The organization's topics without subscribers. A webhook of the alert hub is a subscriber of its topics. */
function silentTopicsOf({ notifications, alertHub }: Organization["valid"]): TopicName[] {
  const posted = alertHub?.webhooks.flatMap(({ topics }) => topics) ?? [];
  return silentTopics(notifications).filter((topic) => !posted.includes(topic));
}

function silentTopics(notifications: AccountFile["notifications"]): TopicName[] {
  return TOPIC_NAMES.filter((topic) => {
    const subscribers = notifications?.[topic];
    // If notices is unset, the subscribers of alerts get them.
    return subscribers !== undefined && subscribers.existing === undefined && endpointsOf(subscribers).length === 0;
  });
}

function problem(file: Account["file"], topic: TopicName, hint?: string): Problem {
  return file.problem(["notifications", topic], SILENT, { hint });
}

function reliance([first, ...others]: readonly Account[]): string | undefined {
  if (first === undefined) return undefined;
  return `${first.file.path} relies on it${others.length > 0 ? `, and ${others.length} more` : ""}`;
}
