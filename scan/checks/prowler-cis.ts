import type { Check } from "../check";
import { met, waived } from "./outcome";
import { REASONS } from "./reasons";

/** Prowler's checks of metric filters and alarms, as CIS defines them: id and title. */
const CIS: readonly (readonly [id: string, title: string])[] = [
  ["cloudwatch_changes_to_network_acls_alarm_configured", "Alarm for network ACL changes"],
  ["cloudwatch_changes_to_network_gateways_alarm_configured", "Alarm for changes to network gateways"],
  ["cloudwatch_changes_to_network_route_tables_alarm_configured", "Alarm for route table changes"],
  ["cloudwatch_changes_to_vpcs_alarm_configured", "Alarm for VPC changes"],
  [
    "cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled",
    "Alarm for AWS Config configuration changes",
  ],
  [
    "cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled",
    "Alarm for CloudTrail configuration changes",
  ],
  ["cloudwatch_log_metric_filter_authentication_failures", "Alarm for console authentication failures"],
  ["cloudwatch_log_metric_filter_aws_organizations_changes", "Alarm for AWS Organizations changes"],
  ["cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk", "Alarm for disabled or deleted KMS keys"],
  ["cloudwatch_log_metric_filter_for_s3_bucket_policy_changes", "Alarm for S3 bucket policy changes"],
  ["cloudwatch_log_metric_filter_policy_changes", "Alarm for IAM policy changes"],
  ["cloudwatch_log_metric_filter_root_usage", "Alarm for usage of the root user"],
  ["cloudwatch_log_metric_filter_security_group_changes", "Alarm for security group changes"],
  ["cloudwatch_log_metric_filter_sign_in_without_mfa", "Alarm for console sign-in without MFA"],
  ["cloudwatch_log_metric_filter_unauthorized_api_calls", "Alarm for unauthorized API calls"],
];

/** The same checks with the kinds of accounts that have no trail with a log group of their own. */
export const PROWLER_CIS_CHECKS: readonly Check[] = CIS.map(([id, title]) =>
  waived(met(id, title, "aws_cloudwatch_log_metric_filter, aws_cloudwatch_metric_alarm"), REASONS.cisOfOrganization, [
    "log-archive/*/logs:log-group",
    "event-bus/*/logs:log-group",
  ]),
);
