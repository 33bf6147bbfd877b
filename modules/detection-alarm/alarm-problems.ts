import { Token } from "cdktf";
import { QUOTAS } from "../../lib/aws/quotas";

/** The properties of a detection's alarm that AWS limits. */
interface Limited {
  readonly description: string;
  readonly filterPatterns: readonly string[];
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly anomalyBandWidth?: number;
}

/** Maximum length of a pattern in characters. Source: CloudWatch Logs API, PutMetricFilter, filterPattern. */
const MAX_PATTERN_LENGTH = 1024;
/** Source: CloudWatch API, PutMetricAlarm, AlarmDescription. */
const MAX_DESCRIPTION_LENGTH = 1024;

const [HOUR, DAY, WEEK] = [3600, 86_400, 604_800];

/** Everything that AWS would refuse, or that would make the alarm useless. Values that only Terraform knows are left to AWS. */
export function alarmProblems(props: Limited): string[] {
  const { description, filterPatterns, threshold, periodSeconds, evaluationPeriods } = props;
  const { anomalyBandWidth: bandWidth = 1 } = props;
  const longest = Math.max(0, ...filterPatterns.map(({ length }) => length));
  const most = periodSeconds < HOUR ? DAY : WEEK;
  const [count, filters] = [filterPatterns.length, QUOTAS.metricFilters.limit];
  return [
    must(
      "filterPatterns",
      `hold 1 to ${filters} patterns, as many as a log group takes filters`,
      count >= 1 && count <= filters,
      count,
    ),
    must("filterPatterns", `be at most ${MAX_PATTERN_LENGTH} characters each`, longest <= MAX_PATTERN_LENGTH, longest),
    must(
      "description",
      `be at most ${MAX_DESCRIPTION_LENGTH} characters`,
      description.length <= MAX_DESCRIPTION_LENGTH || Token.isUnresolved(description),
      description.length,
    ),
    must("threshold", "be 1 or more", threshold >= 1 || Token.isUnresolved(threshold), threshold),
    must("anomalyBandWidth", "be above 0", bandWidth > 0 || Token.isUnresolved(bandWidth), bandWidth),
    must(
      "periodSeconds",
      "be a multiple of 60",
      (periodSeconds >= 60 && periodSeconds % 60 === 0) || Token.isUnresolved(periodSeconds),
      periodSeconds,
    ),
    must(
      "evaluationPeriods",
      `be 1 or more, and together at most ${most} s with periods of ${periodSeconds} s`,
      (Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1 && evaluationPeriods * periodSeconds <= most) ||
        Token.isUnresolved(evaluationPeriods) ||
        Token.isUnresolved(periodSeconds),
      evaluationPeriods,
    ),
  ].filter((problem) => problem !== undefined);
}

function must(property: string, rule: string, holds: boolean, got: number): string | undefined {
  return holds ? undefined : `'${property}' must ${rule}, got '${got}'`;
}
