import type { Curve } from "./curve";
import type { ThresholdSetting } from "./recommend";
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

/** What a raised threshold gives up where one event is enough, or a standard sets it; undefined for other changes. */
export function cautionFor(
  now: ThresholdSetting,
  recommended: ThresholdSetting | undefined,
  isVerbatim: boolean,
): string | undefined {
  if (recommended === undefined || (now.threshold > 1 && !isVerbatim)) return undefined;
  const { threshold, periodSeconds } = recommended;
  // As many events, or somewhat fewer, in a shorter time is more to ask for, too; a single one is not.
  if (threshold <= now.threshold && (threshold === 1 || periodSeconds >= now.periodSeconds)) return undefined;
  const was =
    now.threshold === 1
      ? "one event raises the alarm now"
      : `${now.threshold} events in ${now.periodSeconds} s raise the alarm now`;
  const standard = isVerbatim ? "the detection is verbatim from the CIS benchmark, and " : "";
  return `${standard}${was}: with ${threshold}, fewer events in ${periodSeconds} s raise none`;
}
