import { type MetricDatum as PutDatum, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import type { MetricDatum } from "../../signals";
import type { AccountClients } from "./account-clients";
import { Batcher } from "./batcher";

/** The most values of one PutMetricData call. Source: CloudWatch API. */
const MOST_VALUES = 1000;

/** A metric in one account and region. */
export interface MetricPlace {
  readonly account: string;
  readonly region: string;
  readonly namespace: string;
  readonly metricName: string;
}

/** Publishes the values of metric filters, so that every client of CloudWatch sees them. */
export class MetricPublisher {
  private readonly namespaces = new Map<string, Batcher<PutDatum>>();

  constructor(private readonly clients: Pick<AccountClients, "of">) {}

  /** Resolves once CloudWatch has the value. */
  public publish({ account, region, namespace, metricName }: MetricPlace, datum: MetricDatum): Promise<void> {
    const key = [account, region, namespace].join("\n");
    const batcher = this.namespaces.get(key) ?? this.open(account, region, namespace);
    this.namespaces.set(key, batcher);
    return batcher.add({
      MetricName: metricName,
      Value: datum.value,
      Timestamp: new Date(datum.timestamp),
      Dimensions: Object.entries(datum.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    });
  }

  private open(account: string, region: string, Namespace: string): Batcher<PutDatum> {
    const { cloudWatch } = this.clients.of(account, region);
    return new Batcher(MOST_VALUES, async (MetricData) => {
      await cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
    });
  }
}
