import { globalRegions } from "../../../lib/aws/partitions";
import type { DeployedAccount, DeployedRule, DeployedTrail, Deployment } from "../../deployment/deployment";
import { EventPatternError } from "../../../lib/patterns/event-pattern/event-pattern-error";
import { selects } from "../../deployment/event-selector";
import { explainablePattern, type ExplainablePattern } from "../explain/explainable-pattern";
import type { PatternLiterals } from "../prefilter/pattern-literals";
import { literalsOfRule } from "../prefilter/rule-literals";
import { selectable, type TrailEvent } from "./trail-event";

/** The result of one trail or rule for an event. */
export interface FeedVerdict {
  /** The name of the feed, for people. */
  readonly feed: string;
  readonly passes: boolean;
  /** Why the feed passes or stops the event; created on demand. */
  readonly reason: () => string;
}

/** One route into a log group. */
export interface DeployedFeed {
  readonly account: DeployedAccount;
  readonly logGroup: string;
  /** The account and region of the log group: those of its trail or rule. */
  readonly region: string;
  /** Whether the log event is EventBridge's envelope, or the record as it is. */
  readonly envelope: boolean;
  /** Whether it passes any event of this account at all. */
  mayTake(account: string): boolean;
  /** What a record must contain to pass; undefined: any record may pass. */
  readonly literals: PatternLiterals | undefined;
  /** The deployed source of the feed, for callers that evaluate it by other means. */
  readonly source: FeedSource;
  evaluate(event: TrailEvent): FeedVerdict;
}

/** The trail, or the rule of the log group's region with the rules of other regions that forward events there. */
export type FeedSource =
  | { readonly kind: "trail"; readonly trail: DeployedTrail }
  | { readonly kind: "rule"; readonly rule: DeployedRule; readonly forwarding: readonly DeployedRule[] };

/** The reason for most events that most feeds stop. */
export const OWN_ACCOUNT = "sees its own account only";
/** What the reason begins with where a rule's pattern is for other events. */
export const OTHER_PATTERN = "its pattern requires";

/** Every route by which events enter the log groups of an organization. */
export function feedsOf({ accounts }: Deployment): readonly DeployedFeed[] {
  const trails = accounts.flatMap(({ trails: ofAccount }) => ofAccount);
  return accounts.flatMap((account) => [...trailFeeds(account), ...ruleFeeds(account, trails)]);
}

function trailFeeds(account: DeployedAccount): DeployedFeed[] {
  return account.trails.flatMap((trail) => {
    const { logGroup } = trail;
    if (logGroup === undefined) return [];
    const feed = `trail ${trail.name} of ${account.name}`;
    return [
      {
        account,
        logGroup,
        region: trail.region,
        envelope: false,
        literals: undefined,
        source: { kind: "trail", trail },
        mayTake: (id) => trail.isOrganizationTrail || id === account.id,
        evaluate: (event) => {
          const stop = trailRefusal(trail, account, event);
          return { feed, passes: stop === undefined, reason: () => stop ?? "records this event" };
        },
      },
    ];
  });
}

/** Why a trail does not record an event; undefined: it records it. */
export function trailRefusal(trail: DeployedTrail, account: DeployedAccount, event: TrailEvent): string | undefined {
  if (!trail.isLogging) return "does not log";
  if (!trail.isOrganizationTrail && event.account !== account.id) return OWN_ACCOUNT;
  const { region } = event.record;
  const isGlobal = globalRegions(trail.region).some((global) => global === region) && trail.includesGlobalServices;
  if (!trail.isMultiRegion && region !== trail.region && !isGlobal)
    return `records ${trail.region} only, not ${region}`;
  const fields = selectable(event);
  if (!trail.selectors.some((selector) => selects(selector, fields))) {
    return `its event selectors leave out this ${event.category.toLowerCase()} event`;
  }
  return undefined;
}

interface EvaluatedRule {
  readonly rule: DeployedRule;
  readonly pattern: ExplainablePattern;
}

function ruleFeeds(account: DeployedAccount, trails: readonly DeployedTrail[]): DeployedFeed[] {
  const rules = account.rules.map((rule) => ({ rule, pattern: patternOf(rule, account) }));
  return rules.flatMap((home) => {
    const feed = `rule ${home.rule.name} of ${account.name} (${home.rule.region})`;
    const literals = literalsOfRule(home.rule.pattern);
    const { rule } = home;
    const forwarding = account.rules.filter(({ forwardsTo }) => forwardsTo.includes(rule.region));
    return home.rule.logGroups.map((logGroup) => ({
      account,
      logGroup,
      region: home.rule.region,
      envelope: true,
      literals,
      source: { kind: "rule" as const, rule, forwarding },
      mayTake: (id: string) => id === account.id,
      evaluate: (event: TrailEvent) => ({ feed, ...evaluateRule({ account, trails, rules }, home, event) }),
    }));
  });
}

/** @throws EventPatternError naming the rule whose pattern EventBridge would refuse */
function patternOf({ name, region, pattern }: DeployedRule, account: DeployedAccount): ExplainablePattern {
  try {
    return explainablePattern(pattern);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    const rule = `rule '${name}' of ${account.name} (${region}) must have an event pattern that EventBridge takes`;
    throw new EventPatternError(`${rule}: ${error.message}`, "");
  }
}

interface Bus {
  readonly account: DeployedAccount;
  readonly trails: readonly DeployedTrail[];
  readonly rules: readonly EvaluatedRule[];
}

type RuleVerdict = Omit<FeedVerdict, "feed">;

function evaluateRule({ account, trails, rules }: Bus, home: EvaluatedRule, event: TrailEvent): RuleVerdict {
  if (event.account !== account.id) return stopped(() => OWN_ACCOUNT);
  // EventBridge receives events other than management events only where a trail records them.
  if (event.category !== "Management" && !trails.some((trail) => trailRefusal(trail, account, event) === undefined)) {
    return stopped(() => `no trail records this ${event.category.toLowerCase()} event, so EventBridge has none`);
  }

  const { region } = event.record;
  const isHome = region === home.rule.region;
  const forwarding = rules.filter(({ rule }) => rule.region === region && rule.forwardsTo.includes(home.rule.region));
  if (!isHome && forwarding.length === 0) {
    return stopped(() => `no rule forwards events of ${region || "no region"}: the account does not watch it`);
  }
  const own = stopOf(home, event);
  if (own !== undefined) return stopped(own);
  if (isHome) return { passes: true, reason: () => "its pattern matches" };

  const stops = forwarding.map((rule) => stopOf(rule, event));
  const passing = forwarding[stops.indexOf(undefined)];
  if (passing === undefined) return stopped(() => `rules in ${region} do not forward it: ${stops[0]?.() ?? ""}`);
  return { passes: true, reason: () => `its pattern matches; rule ${passing.rule.name} in ${region} forwards it` };
}

function stopped(reason: () => string): RuleVerdict {
  return { passes: false, reason };
}

/** Why a rule by itself stops an event; undefined: it passes it. */
function stopOf({ rule, pattern }: EvaluatedRule, event: TrailEvent): (() => string) | undefined {
  if (rule.state === "DISABLED") return () => "the rule is disabled";
  if (rule.state === "ENABLED" && event.isReadOnly && event.category === "Management") {
    return () => "the rule's state ENABLED leaves out read-only management events";
  }
  const envelope = event.asEnvelope.json;
  return pattern.matches(envelope) ? undefined : () => `${OTHER_PATTERN} ${pattern.failing(envelope)}`;
}
