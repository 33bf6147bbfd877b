import { sqlCondition } from "../../detections/athena/sql-condition";
import { ConditionError } from "../../detections/normal-form";
import { whyUncountable, type Deployment, type FeedFilters, type EvaluatedFilter } from "../../signals";
import { NotQueryable } from "../not-queryable";
import { feedSql, regionsOf } from "./feed-sql";
import { recordForm } from "./record-form";

/** A filter, and the SQL of what it matches. */
export interface QueriedFilter {
  readonly filter: EvaluatedFilter;
  readonly sql: string;
}

/** A feed with its number, the SQL of what it lets through, and its filters. */
export interface QueriedFeed {
  readonly number: number;
  readonly evaluated: FeedFilters;
  readonly sql: string;
  /** Undefined: records of any region may come through. */
  readonly regions: readonly string[] | undefined;
  readonly filters: readonly QueriedFilter[];
}

/** A detection that cannot be evaluated by querying the archive. */
export interface NotQueried {
  readonly account: string;
  readonly detection: string;
  readonly reason: string;
}

/** What can be queried, and what cannot: a detection is queried with all of its filters or not at all. */
export function queriedFeeds(
  feeds: readonly FeedFilters[],
  deployment: Deployment,
): { readonly queried: readonly QueriedFeed[]; readonly notQueried: readonly NotQueried[] } {
  const tried = feeds.map((evaluated, number) => ({
    number,
    evaluated,
    sql: attempt(() => feedSql(evaluated.feed, deployment)),
  }));
  const reasons = new Map<EvaluatedFilter["detection"], string>();
  const filters = tried.map(({ evaluated, sql }) =>
    evaluated.filters.flatMap((filter): QueriedFilter[] => {
      const condition = typeof sql === "string" ? attempt(() => filterSql(filter, evaluated)) : sql;
      if (typeof condition === "string") return [{ filter, sql: condition }];
      reasons.set(filter.detection, condition.message);
      return [];
    }),
  );
  return {
    queried: tried.flatMap(({ number, evaluated, sql }) => {
      const queryable = (filters[number] ?? []).filter(({ filter }) => !reasons.has(filter.detection));
      if (typeof sql !== "string" || queryable.length === 0) return [];
      return [{ number, evaluated, sql, regions: regionsOf(evaluated.feed), filters: queryable }];
    }),
    notQueried: [...reasons].map(([{ account, id }, reason]) => ({ account: account.name, detection: id, reason })),
  };
}

function filterSql(filter: EvaluatedFilter, evaluated: FeedFilters): string {
  const reason = whyUncountable(filter, evaluated);
  if (reason !== undefined) throw new NotQueryable(reason);
  const { feed } = evaluated;
  const form = recordForm(filter.deployed.pattern, feed.envelope);
  // The organization trail has records of every account: filters for the account's own records must name it.
  const isOfOwn = feed.source.kind === "rule" || !feed.source.trail.isOrganizationTrail;
  return sqlCondition(form, isOfOwn ? feed.account.id : undefined);
}

function attempt(make: () => string): string | NotQueryable {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotQueryable) return error;
    if (error instanceof ConditionError) return new NotQueryable(error.message, { cause: error });
    throw error;
  }
}
