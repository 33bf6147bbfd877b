/** The delivery status of a trail, as in CloudTrail. Times are milliseconds since 1970. */
export interface TrailDelivery {
  readonly file?: number;
  readonly fileError?: string;
  readonly digest?: number;
  readonly digestError?: string;
  readonly logs?: number;
  readonly logsError?: string;
  readonly notification?: number;
  readonly notificationError?: string;
}

/** The latest deliveries of each trail, for GetTrailStatus: moto makes none. */
export class TrailDeliveries {
  private readonly latest = new Map<string, TrailDelivery>();

  public of(trailArn: string): TrailDelivery {
    return this.latest.get(trailArn) ?? {};
  }

  /** Records a delivery or its error; an error stays until the next delivery of its kind. */
  public note(trailArn: string, kind: "file" | "digest" | "logs" | "notification", at: number, error = ""): void {
    this.latest.set(trailArn, {
      ...this.of(trailArn),
      ...(error === "" ? { [kind]: at } : {}),
      [`${kind}Error`]: error,
    });
  }
}
