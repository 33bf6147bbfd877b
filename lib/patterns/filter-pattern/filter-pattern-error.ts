/** Something that CloudWatch accepts but that is seldom intended, or that it may still refuse. */
export interface FilterPatternWarning {
  readonly message: string;
  /** Where in the pattern, counted from 0. */
  readonly offset: number;
}

/** A filter pattern that CloudWatch refuses. */
export class FilterPatternError extends Error {
  override readonly name = "FilterPatternError";

  constructor(
    message: string,
    /** Where in the pattern, counted from 0. */
    readonly offset: number,
  ) {
    super(message);
  }
}
