import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = mkdtempSync(join(tmpdir(), "trailwatch-deployment-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A folder with these files, the objects among them as JSON. It goes when the tests of the file have run. */
export function folderOf(files: Readonly<Record<string, string | Buffer | object>>): string {
  const folder = mkdtempSync(join(root, "folder-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
  return folder;
}

export const ACCOUNT = "333333333333";

/** A provider for one account, in eu-west-1 unless given. */
export function provider(changes: object = {}): object {
  return { region: "eu-west-1", allowed_account_ids: [ACCOUNT], ...changes };
}

/** A stack with a log group, a filter and an alarm with one subscriber; feeds are up to the test. */
export function stackWith(resources: object = {}, providers: readonly object[] = [provider()]): object {
  return {
    "//": { metadata: { stackName: "monitoring-workloads" } },
    provider: { aws: providers },
    resource: {
      aws_cloudwatch_log_group: { group: { name: "/events" } },
      aws_cloudwatch_log_metric_filter: {
        filter: {
          name: "trailwatch-key-disabled",
          log_group_name: "${aws_cloudwatch_log_group.group.name}",
          pattern: '{ $.eventSource = "kms.amazonaws.com" && $.eventName = "DisableKey" }',
          metric_transformation: { name: "key-disabled", namespace: "Trailwatch", value: "1" },
        },
      },
      aws_cloudwatch_metric_alarm: {
        alarm: {
          alarm_name: "trailwatch-workloads-key-disabled",
          namespace: "Trailwatch",
          metric_name: "key-disabled",
          statistic: "Sum",
          period: 300,
          evaluation_periods: 1,
          threshold: 2,
          comparison_operator: "GreaterThanOrEqualToThreshold",
          treat_missing_data: "notBreaching",
          alarm_actions: ["${aws_sns_topic_policy.policy.arn}"],
        },
      },
      aws_sns_topic: { alerts: { name: "alerts" } },
      aws_sns_topic_policy: { policy: { arn: "${aws_sns_topic.alerts.arn}" } },
      aws_sns_topic_subscription: {
        mail: { topic_arn: "${aws_sns_topic.alerts.arn}", protocol: "email", endpoint: "security@example.com" },
      },
      ...resources,
    },
  };
}

/** A trail of the account into its log group. */
export function trail(changes: object = {}): object {
  return {
    aws_cloudtrail: {
      trail: {
        name: "trail",
        is_multi_region_trail: true,
        cloud_watch_logs_group_arn: "${aws_cloudwatch_log_group.group.arn}:*",
        ...changes,
      },
    },
  };
}
