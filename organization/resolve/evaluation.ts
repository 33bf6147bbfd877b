import type { Detection } from "../../detections/detection";
import { layered, type LayeredSettings, type Layers } from "./layers";
import type { Problem } from "../validation/problem";
import type { YamlFile } from "../yaml/yaml-file";

/**
 * CloudWatch's limit on the evaluation range of an alarm. Source: CloudWatch API, PutMetricAlarm, EvaluationPeriods.
 */
const LONGEST_EVALUATION = { underAnHour: 86_400, fromAnHour: 604_800 } as const;

/**
 * The problem of the file that set the last of both values, when periods and their number together exceed CloudWatch's
 * limit. A mistake in organization.yaml alone is not reported for the account too.
 */
export function evaluationProblem(file: YamlFile, detection: Detection, layers: Layers): Problem[] {
  const settings = layered(detection, layers);
  const { periodSeconds, evaluationPeriods } = settings;
  const longest = periodSeconds.value < 3600 ? LONGEST_EVALUATION.underAnHour : LONGEST_EVALUATION.fromAnHour;
  if (periodSeconds.value * evaluationPeriods.value <= longest) return [];

  const tooLong = periodSeconds.value > longest;
  const key = tooLong ? "periodSeconds" : lastChosen(settings);
  if (settings[key].from !== (layers.account === undefined ? "organization" : "account")) return [];

  const looks = `CloudWatch looks at ${longest} seconds`;
  const rules = {
    periodSeconds: tooLong
      ? `be at most ${longest}`
      : `fit ${evaluationPeriods.value} times, which is its evaluationPeriods, into an evaluation: ${looks}`,
    evaluationPeriods: `be at most ${Math.floor(longest / periodSeconds.value)} with a periodSeconds of ${periodSeconds.value}: ${looks}`,
  };
  return [file.problem(["detections", detection.id, key], rules[key])];
}

function lastChosen({ periodSeconds, evaluationPeriods }: LayeredSettings): "periodSeconds" | "evaluationPeriods" {
  const rank = { default: 0, organization: 1, account: 2 };
  return rank[periodSeconds.from] > rank[evaluationPeriods.from] ? "periodSeconds" : "evaluationPeriods";
}
