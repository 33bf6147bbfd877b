/** Evaluates offline how CloudWatch and EventBridge will process an event. */
export { compileFilterPattern } from "../lib/patterns/filter-pattern/filter-pattern";
export type {
  FilterPattern,
  FilterPatternOptions,
  FilterPatternSyntax,
} from "../lib/patterns/filter-pattern/filter-pattern";
export { FilterPatternError } from "../lib/patterns/filter-pattern/filter-pattern-error";
export type { FilterPatternWarning } from "../lib/patterns/filter-pattern/filter-pattern-error";
export { parseEvent } from "../lib/patterns/filter-pattern/parsed-event";
export type { ParsedEvent } from "../lib/patterns/filter-pattern/parsed-event";
export { compileEventPattern } from "../lib/patterns/event-pattern/event-pattern";
export type { CompiledEventPattern } from "../lib/patterns/event-pattern/event-pattern";
export { EventPatternError } from "../lib/patterns/event-pattern/event-pattern-error";
export { compileMetricFilter, MetricTransformationError } from "./metrics/metric-transformation";
export type { MetricFilter, MetricTransformation } from "./metrics/metric-transformation";
export { MetricSeries } from "./metrics/metric-series";
export type { MetricDatum, Statistic } from "./metrics/metric-series";
export { SeenEvents } from "./metrics/seen-events";
export { breaches, evaluateAlarm } from "./alarms/evaluate-alarm";
export type { AlarmEvaluation, AlarmState, AlarmComparison, TreatMissingData } from "./alarms/evaluate-alarm";
export { evaluationRange } from "./alarms/alarm-schedule";
export { AlarmEvaluator } from "./alarms/alarm-evaluator";
export type { Alarm, AlarmTransition } from "./alarms/alarm-evaluator";
export { evaluateTimeline } from "./alarms/timeline";
export type { Timeline, TimelineDatum } from "./alarms/timeline";
export { firedActions } from "./alarms/alarm-actions";
export type { AlarmActions } from "./alarms/alarm-actions";
export { wrapperAlarmsOf, isWrapperAlarm } from "./alarms/wrapper-alarms";
export { childrenOfRule, evaluateCompositeRule } from "./alarms/composite-rule";
export { compositeHistory } from "./alarms/composite-timeline";
export type { StateHistory, CompositeAlarm, StateChange } from "./alarms/composite-timeline";
export { AlarmError } from "./alarms/alarm-error";
export type { JsonObject, JsonValue } from "../lib/patterns/json/json-value";
export { HOPS, HOPS_WITH_HUB } from "../lib/naming/hops";
export type { Hop } from "../lib/naming/hops";
export { readDeployment, DeploymentError } from "./deployment/read-deployment";
export type {
  DeployedAccount,
  DeployedAlarm,
  DeployedCompositeAlarm,
  DeployedFilter,
  DeployedLowestValueAlarm,
  DeployedRule,
  DeployedTrail,
  Deployment,
} from "./deployment/deployment";
export { detectionChanges } from "./changes/detection-changes";
export type { DeployedChange, DetectionChanges } from "./changes/detection-changes";
export { withAccounts } from "./deployment/known-accounts";
export { selectorsOf } from "./deployment/event-selector";
export { findFiles } from "./records/find-files";
export { skippedPart } from "./records/skipped-names";
export type { OnSkipped, SkippedFile } from "./records/skipped-names";
export type { FindFiles, RecordFile } from "./records/record-file";
export { parseRecord, principalOf, stringField } from "./records/cloudtrail-record";
export type { ParsedRecord } from "./records/cloudtrail-record";
export { readRecords } from "./records/read-records";
export { RecordError } from "./records/record-error";
export type { AlarmTally } from "./replay/evaluation/alarm-tally";
export type { Span } from "./replay/prefilter/clauses";
export { explainEvent } from "./replay/explain/explain";
export type { ExplainedFeed, ExplainedFilter, Explanation } from "./replay/explain/explain";
export { feedsOf, OTHER_PATTERN, OWN_ACCOUNT, trailRefusal } from "./replay/feeds/feeds";
export type { DeployedFeed, FeedSource, FeedVerdict } from "./replay/feeds/feeds";
export { CountEvaluator, whyUncountable } from "./replay/evaluation/count-evaluator";
export type { Count } from "./replay/evaluation/count-evaluator";
export type { FeedFilters, EvaluatedFilter } from "./replay/evaluation/record-evaluator";
export { Evaluator } from "./replay/evaluation/evaluator";
export type { EvaluatorOptions } from "./replay/evaluation/evaluator-options";
export { unevaluatedAlarms } from "./replay/evaluation/unevaluated-alarms";
export type { UnevaluatedAlarms } from "./replay/evaluation/unevaluated-alarms";
export { replay } from "./replay/run/replay";
export { replayPooled } from "./pool/pooled-replay";
export type { PooledReplayOptions } from "./pool/pooled-replay";
export type { ReplayOptions, ReplayProgress } from "./replay/run/replay";
export type { Caller, DetectionReport, ReplayReport, UnreadableFile } from "./replay/run/report";
export { historiesOf } from "./tuning/histories";
export type { RecordingEvaluator, Untunable } from "./tuning/histories";
export { parseLabels } from "./tuning/labels";
export type { Label } from "./tuning/labels";
export { drawnEvents, drawnPeriod } from "./tuning/drawn-period";
export type { DrawnPeriod, Slots } from "./tuning/drawn-period";
export { principalIn, UNKNOWN_PRINCIPAL } from "./tuning/noise";
export { measureDetection, perWeek } from "./tuning/measured-detection";
export type { DetectionHistory, MeasuredDetection } from "./tuning/measured-detection";
export { tuneDetection } from "./tuning/tune-detection";
export type { TuningWish } from "./tuning/tune-detection";
export type { AlarmRecord, TunedAlarm } from "./tuning/alarm-records";
export type { LostAlarm } from "./tuning/no-longer-raised";
export type { DetectionTuning, NoiseEntry, TuningVerdict } from "./tuning/tuning";
export { topicRulesOf } from "./replay/feeds/topic-rules";
export { trailEvent } from "./replay/feeds/trail-event";
export type { TrailEvent } from "./replay/feeds/trail-event";
