import type { MatchGroup } from "../matches/match-log";
import { TRAIT_FIELDS, type MatchTraits, type TraitField } from "../matches/match-traits";

export type NoiseKind = "principal" | "source" | "errorCode";

/** Properties that events can share and an `ignore` can use. */
export interface NoiseSource {
  readonly kind: NoiseKind;
  readonly field: TraitField;
  readonly equals: string;
}

/** The property that an `ignore` uses. */
export type IgnoredValue = Pick<NoiseSource, "field" | "equals">;

/**
 * The fields that identify the principal; the first that a record has is used: a role rather than one of its sessions.
 */
const WHO: readonly TraitField[] = [
  "userIdentity.sessionContext.sessionIssuer.arn",
  "userIdentity.arn",
  "userIdentity.invokedBy",
  "userIdentity.principalId",
];
/** Where the fields are among a match's values. */
const PLACES = Object.fromEntries(TRAIT_FIELDS.map((field, place) => [field, place])) as Readonly<
  Record<TraitField, number>
>;
/** How many of the most frequent values of each kind are tried. */
const MOST = 8;

/**
 * Whether an event with these traits no longer counts when events of that source are ignored, by CloudWatch's
 * comparison.
 */
export function isIgnored(values: MatchTraits["values"], { field, equals }: IgnoredValue): boolean {
  const value = values[PLACES[field]];
  return value === null || value === equals;
}

/**
 * The most frequent principals, sources and error codes, with the events that an `ignore` of each removes; most
 * frequent first.
 */
export function noiseSources(
  groups: readonly MatchGroup[],
): { readonly source: NoiseSource; readonly events: number }[] {
  const found = new Map<string, { source: NoiseSource; events: number }>();
  for (const { values, sum } of groups) {
    for (const source of values === undefined ? [] : sourcesOf(values)) {
      const key = JSON.stringify(source);
      const known = found.get(key) ?? { source, events: 0 };
      found.set(key, known);
      known.events += sum;
    }
  }
  const busiest = [...found.values()].sort(
    (one, other) => other.events - one.events || (one.source.equals < other.source.equals ? -1 : 1),
  );
  return (["principal", "source", "errorCode"] as const).flatMap((kind) =>
    busiest.filter(({ source }) => source.kind === kind).slice(0, MOST),
  );
}

/** Name of a principal that a record does not have. */
export const UNKNOWN_PRINCIPAL = "unknown";

/** The principal, as reports name it. */
export function principalIn(values: MatchTraits["values"]): string {
  return whoIn(values)?.equals ?? UNKNOWN_PRINCIPAL;
}

function sourcesOf(values: MatchTraits["values"]): NoiseSource[] {
  const who = whoIn(values);
  const [source, errorCode] = [textIn(values, "sourceIPAddress"), textIn(values, "errorCode")];
  return [
    ...(who === undefined ? [] : [who]),
    ...(source === undefined ? [] : [{ kind: "source", field: "sourceIPAddress", equals: source } as const]),
    ...(errorCode === undefined ? [] : [{ kind: "errorCode", field: "errorCode", equals: errorCode } as const]),
    // CloudWatch reads '*' as a wildcard at any position.
  ].filter(({ equals }) => equals !== "" && !equals.includes("*"));
}

function whoIn(values: MatchTraits["values"]): NoiseSource | undefined {
  for (const field of WHO) {
    const equals = textIn(values, field);
    if (equals !== undefined && equals !== "") return { kind: "principal", field, equals };
  }
  return undefined;
}

export function textIn(values: MatchTraits["values"], field: TraitField): string | undefined {
  return values[PLACES[field]] ?? undefined;
}
