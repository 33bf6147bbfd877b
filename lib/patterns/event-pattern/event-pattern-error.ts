/** An event pattern that EventBridge refuses. */
export class EventPatternError extends Error {
  override readonly name = "EventPatternError";

  constructor(
    message: string,
    /** Where in the pattern: its keys, joined by `.`. */
    readonly path: string,
  ) {
    super(path === "" ? message : `${message} (at '${path}')`);
  }
}
