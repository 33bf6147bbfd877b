import { notByService } from "../../by-service";
import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, assumedRole, deniedCall, iamUser } from "../../example-record";
import { from, named } from "./services";

export const recordingStopped: Detection = {
  id: "recording-stopped",
  title: "Recording of configuration, traffic or queries stopped",
  meaning:
    "AWS Config's recorder or delivery channel, VPC flow logs, DNS query logs, a CloudTrail Lake event data store " +
    "or the logging of Bedrock invocations was stopped or deleted.",
  why: "What happens afterwards leaves no record outside CloudTrail, and rules that read these records stay silent.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1562.008"] },
  condition: all(
    from("config", "ec2", "route53resolver", "route53", "cloudtrail", "bedrock"),
    named(
      ...["StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel"],
      // DeleteFlowLogs, DeleteResolverQueryLogConfig, DeleteQueryLoggingConfig and
      // DeleteModelInvocationLoggingConfiguration.
      ...["Delete*Log*", "DisassociateResolverQueryLogConfig"],
      ...["DeleteEventDataStore", "StopEventDataStoreIngestion"],
    ),
    succeeded(),
    // CloudFormation, AWS Config and Control Tower, which works through CloudFormation.
    notByService(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Find the caller (`userIdentity.arn`) and revoke its sessions, unless a planned change explains the call.",
      "Restore the recording: `aws configservice start-configuration-recorder --configuration-recorder-name default`, `aws ec2 create-flow-logs`, `aws route53resolver associate-resolver-query-log-config`, `aws cloudtrail restore-event-data-store` (within 7 days), `aws rds start-activity-stream`, `aws bedrock put-model-invocation-logging-configuration`.",
      "Search the archive for what the caller did next: only CloudTrail has records of this time.",
    ],
    falsePositives: ["A VPC or an environment is taken down, together with its flow logs."],
    tuning:
      "Ignore the role that deploys networks, by `userIdentity.sessionContext.sessionIssuer.arn` together with `eventName`.",
  },
  examples: {
    matches: [
      apiCall("config", "StopConfigurationRecorder", { requestParameters: { configurationRecorderName: "default" } }),
      apiCall("config", "DeleteConfigurationRecorder", { requestParameters: { configurationRecorderName: "default" } }),
      apiCall("config", "DeleteDeliveryChannel", { requestParameters: { deliveryChannelName: "default" } }),
      apiCall("ec2", "DeleteFlowLogs", {
        requestParameters: {
          DeleteFlowLogsRequest: { FlowLogId: { content: "fl-0123456789abcdef0", tag: 1 } },
        },
      }),
      apiCall("route53resolver", "DisassociateResolverQueryLogConfig", {
        requestParameters: { resolverQueryLogConfigId: "rqlc-0123456789abcde", resourceId: "vpc-0123456789abcdef0" },
      }),
      apiCall("cloudtrail", "DeleteEventDataStore", {
        requestParameters: {
          eventDataStore: `${EXAMPLE_ARN}:cloudtrail:eu-west-1:111122223333:eventdatastore/example`,
        },
      }),
      apiCall("bedrock", "DeleteModelInvocationLoggingConfiguration"),
      // In the console.
      apiCall("ec2", "DeleteFlowLogs", { userIdentity: { ...iamUser("alice"), invokedBy: "signin.amazonaws.com" } }),
    ],
    nearMisses: [
      apiCall("config", "StopConfigurationRecorder", {
        userIdentity: {
          ...assumedRole("AWSControlTowerExecution", "AWSCloudFormation"),
          invokedBy: "cloudformation.amazonaws.com",
        },
        requestParameters: { configurationRecorderName: "aws-controltower-BaselineConfigRecorder" },
      }),
      apiCall("ec2", "CreateFlowLogs"),
      deniedCall("ec2", "DeleteFlowLogs"),
    ],
  },
};
