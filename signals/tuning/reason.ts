import type { Curve } from "./curve";
import type { TuningVerdict } from "./tuning";

/** The reason for a verdict, for people. `own`: the curve of the current period. */
export function reasonFor(
  verdict: TuningVerdict,
  { own, mayRaise }: { readonly own: Curve | undefined; readonly mayRaise: boolean },
): string {
  switch (verdict) {
    case "no-records":
      return "there are no records of this account";
    case "never-matched":
      return "no record matches, so there is no basis for another threshold";
    case "in-budget":
      return "it is in the budget";
    case "change":
      return own?.allowed === undefined
        ? "the lowest threshold that is in the budget"
        : `the lowest threshold that is in the budget; incidents allow up to ${own.allowed} in ${own.periodSeconds} s`;
    case "no-static-threshold":
      return mayRaise
        ? "no threshold is in the budget and keeps every incident"
        : "one event is enough by design, so its threshold stays: ignore callers that are known to be harmless, or lower its severity";
  }
}
