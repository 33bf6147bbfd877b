/** An alarm, or a rule of a composite alarm, that CloudWatch refuses. */
export class AlarmError extends Error {
  override readonly name = "AlarmError";
}
