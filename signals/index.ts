/** How CloudWatch and EventBridge will judge an event, offline. */
export { compileFilterPattern } from "./filter-pattern/filter-pattern";
export type { FilterPattern, FilterPatternOptions, FilterPatternSyntax } from "./filter-pattern/filter-pattern";
export { FilterPatternError } from "./filter-pattern/filter-pattern-error";
export type { FilterPatternWarning } from "./filter-pattern/filter-pattern-error";
export { parseEvent } from "./filter-pattern/parsed-event";
export type { ParsedEvent } from "./filter-pattern/parsed-event";
export { compileEventPattern } from "./event-pattern/event-pattern";
export type { EventPattern } from "./event-pattern/event-pattern";
export { EventPatternError } from "./event-pattern/event-pattern-error";
