import { eventPatterns } from "../detections/event-pattern";
import { ConditionError } from "../detections/normal-form";
import { secrets } from "../detections/packs/secrets";
import type { WatchedAccount } from "../detections/detection";
import { FEEDS } from "../lib/naming/feeds";
import { PolicyLimitError } from "../modules/policy-document";
import { packsOf } from "../organization/resolve/account-choices";
import type { LoadedOrganization } from "../organization/load";
import type { Account } from "../organization/organization";
import { inReadingOrder, OrganizationError, type Problem } from "../organization/validation/problem";
import { choicesOf, subscriptionOf, type Choice } from "../organization/resolve/subscriptions";
import { compileSubscription, type CompiledDetection } from "./compiled-detection";
import { watchedAccount } from "./watched-account";
import { exceeded, existingGroupOf, FILTER_QUOTAS, filtersOf, type FilterQuota } from "./filter-quotas";

/**
 * Limits of CloudWatch and EventBridge that the configuration exceeds, each at the setting that exceeds it. Each file
 * is valid by itself: only the compiled result of all of them can exceed a limit.
 */
export function limitProblems(loaded: LoadedOrganization): Problem[] {
  const found = loaded.organization.accounts.flatMap((account) => new AccountLimits(loaded, account).problems());
  // A setting of organization.yaml is one problem, however many accounts it applies to.
  const first = new Map<string, Problem>();
  for (const problem of found) {
    const key = `${problem.file}:${problem.line}:${problem.column} ${problem.property}`;
    if (!first.has(key)) first.set(key, problem);
  }
  return inReadingOrder([...first.values()]);
}

/** @throws OrganizationError with every setting that exceeds a limit */
export function checkLimits(loaded: LoadedOrganization): void {
  const problems = limitProblems(loaded);
  if (problems.length > 0) throw new OrganizationError(problems);
}

/**
 * Explains a failed synthesis to the author of the files: every setting that exceeds a limit, otherwise the original
 * error.
 */
export function withPlaces(error: unknown, loaded: LoadedOrganization): unknown {
  const problems = limitProblems(loaded);
  const { archive } = loaded.organization;
  // Of all policies, only that of the archive's key grows with a list of names in a file.
  if (error instanceof PolicyLimitError && error.kind === "key" && archive.readerRoleArns.length > 0) {
    const path = ["archive", "readerRoleArns"];
    problems.push(loaded.sources.organization.problem(path, "fit into a key's policy", { hint: error.message }));
  }
  return problems.length > 0 ? new OrganizationError(inReadingOrder(problems)) : error;
}

/** A detection that is on, and the result of compiling it. */
interface Compiled {
  readonly choice: Choice;
  readonly compiled: CompiledDetection;
}

class AccountLimits {
  readonly #watched: WatchedAccount;

  constructor(
    private readonly loaded: LoadedOrganization,
    private readonly account: Account,
  ) {
    this.#watched = watchedAccount(loaded.organization, account);
  }

  problems(): Problem[] {
    const problems: Problem[] = [];
    const compiled = choicesOf(this.loaded.organization, this.account).flatMap((choice): Compiled[] => {
      if (choice.off !== undefined) return [];
      const one = this.#compile(choice);
      if (typeof one === "string") problems.push(this.#culprit(choice, one, (fewer) => typeof fewer === "string"));
      return typeof one === "object" ? [{ choice, compiled: one }] : [];
    });
    // Detections of data events have a log group of their own, which no event bus fills.
    const ofFeed = compiled.filter(({ choice }) => choice.pack.events !== "data");
    const ofData = compiled.filter(({ choice }) => choice.pack.events === "data");
    return [
      ...problems,
      ...FILTER_QUOTAS.flatMap((quota) => [
        ...this.#filterProblems(ofFeed, quota),
        ...this.#filterProblems(ofData, quota),
      ]),
      ...this.#eventPatternProblems(ofFeed),
    ];
  }

  /** Compiles the detection with its first ignore entries; returns the problem if it exceeds a limit. */
  #compile(choice: Choice, ignores = choice.settings.ignore.length): CompiledDetection | string | undefined {
    const subscription = subscriptionOf(choice);
    try {
      const ignore = subscription.ignore.slice(0, ignores);
      return compileSubscription({ ...subscription, ignore }, this.account, this.#watched);
    } catch (error) {
      if (error instanceof Error && error.cause instanceof ConditionError) return error.cause.message;
      throw error;
    }
  }

  #filterProblems(compiled: readonly Compiled[], quota: FilterQuota): Problem[] {
    const all = compiled.map((one) => one.compiled);
    const message = exceeded(quota, all, this.account, existingGroupOf(this.loaded.organization, this.account));
    if (message === undefined) return [];
    const count = (one: CompiledDetection | string | undefined): number =>
      typeof one === "object" ? filtersOf(one, quota) : 0;
    const bare = compiled.map(({ choice }) => ({ choice, count: count(this.#compile(choice, 0)) }));
    let sum = bare.reduce((total, one) => total + one.count, 0);
    if (sum > quota.limit) {
      const most = bare.reduce((one, other) => (other.count > one.count ? other : one));
      // If no detection needs more than a few, there are too many packs.
      return [most.count > 1 ? this.#culprit(most.choice, message, () => true) : this.#packs(message)];
    }
    for (const [index, { choice, compiled: one }] of compiled.entries()) {
      const others = sum - (bare[index]?.count ?? 0);
      sum = others + count(one);
      const isTooMany = (fewer: CompiledDetection | string | undefined) => others + count(fewer) > quota.limit;
      if (sum > quota.limit) return [this.#culprit(choice, message, isTooMany, message)];
    }
    return [];
  }

  #eventPatternProblems(compiled: readonly Compiled[]): Problem[] {
    if (FEEDS[this.account.feed].trail !== "none") return [];
    const conditionsOf = (some: readonly Compiled[]) => some.flatMap(({ compiled: { conditions } }) => conditions);
    if (eventPatternRule(conditionsOf(compiled)) === undefined) return [];
    const index = compiled.findIndex(
      (_, at) => eventPatternRule(conditionsOf(compiled.slice(0, at + 1))) !== undefined,
    );
    const found = compiled[index];
    if (found === undefined) return [];
    const before = conditionsOf(compiled.slice(0, index));
    const message = eventPatternRule([...before, ...found.compiled.conditions]) ?? "";
    const isTooLong = (fewer: CompiledDetection | string | undefined): boolean =>
      typeof fewer === "string" || eventPatternRule([...before, ...(fewer?.conditions ?? [])]) !== undefined;
    return [this.#culprit(found.choice, message, isTooLong)];
  }

  /**
   * The setting that makes a detection exceed the limit: an ignore entry, otherwise what it watches, otherwise its
   * pack.
   */
  #culprit(
    choice: Choice,
    message: string,
    isTooMuch: (fewer: CompiledDetection | string | undefined) => boolean,
    hint = `${message} in account '${this.account.name}': ignore by a shorter text, by 'equals' in place of 'matches', or by fewer entries`,
  ): Problem {
    const { detection, settings } = choice;
    const place = settings.ignore.find((_, index) => isTooMuch(this.#compile(choice, index + 1)));
    if (place === undefined || isTooMuch(this.#compile(choice, 0))) {
      return choice.pack.id === secrets.id ? this.#secrets(message) : this.#packs(`'${detection.id}': ${message}`);
    }
    const file = place.from === "account" ? this.#file : this.loaded.sources.organization;
    const rule = "leave, with the entries before it, what CloudWatch takes";
    return file.problem(["detections", detection.id, "ignore", place.index], rule, { hint });
  }

  #secrets(hint: string): Problem {
    const { create, watch } = this.account.secrets;
    const list = watch.length >= create.length ? "watch" : "create";
    return this.#file.problem(["secrets", list], "name no more secrets than CloudWatch can tell apart", { hint });
  }

  #packs(hint: string): Problem {
    const own = { ...this.account, packs: this.#file.has(["packs"]) ? this.account.packs : undefined };
    const { from, path } = packsOf(own, this.loaded.organization);
    const file = from === "organization" ? this.loaded.sources.organization : this.#file;
    return file.problem(path, "be packs that fit into CloudWatch's limits", { hint });
  }

  get #file() {
    return this.loaded.sources.account(this.account.name);
  }
}

function eventPatternRule(conditions: Parameters<typeof eventPatterns>[0]): string | undefined {
  try {
    eventPatterns(conditions);
    return undefined;
  } catch (error) {
    if (error instanceof ConditionError) return error.message;
    throw error;
  }
}
