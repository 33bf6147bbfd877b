import { all, any, call, equals, isFalse, isTrue, oneOf, succeeded, type Field } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, deniedCall } from "../../example-record";

/** Calls that have no harmless parameters. */
const ALWAYS = [
  ...["ExportImage", "CreateInstanceExportTask", "CreateStoreImageTask"],
  ...["CreateTrafficMirrorSession", "EnableSerialConsoleAccess", "DisableEbsEncryptionByDefault"],
];

/** Without session tokens, version 1 of the metadata service hands out credentials to a forged request. */
const METADATA = "ModifyInstanceMetadataOptions";
const HTTP_TOKENS: Field = `requestParameters.${METADATA}Request.HttpTokens`;

const VPC_CONFIG = "requestParameters.resourcesVpcConfig";

const metadata = (HttpTokens: string) => ({
  requestParameters: { ModifyInstanceMetadataOptionsRequest: { InstanceId: "i-0123456789abcdef0", HttpTokens } },
});
const cluster = (resourcesVpcConfig: object) => ({ requestParameters: { name: "shop", resourcesVpcConfig } });
const logging = (...clusterLogging: readonly object[]) => ({
  requestParameters: { name: "shop", logging: { clusterLogging } },
});
const exported = {
  requestParameters: { instanceId: "i-0123456789abcdef0", exportToS3: { s3Bucket: "disks", diskImageFormat: "VMDK" } },
};

export const instanceExposed: Detection = {
  id: "instance-exposed",
  title: "Instance exported, tapped or left unprotected",
  meaning:
    "An image or instance was exported to S3, traffic was mirrored, the serial console was enabled, encryption of new " +
    "volumes or session tokens of the metadata service were turned off, or an EKS cluster's API was made public or a log " +
    "of its control plane turned off.",
  why: "Each call gives access to disks, traffic or credentials of machines, past networks and operating systems. All are rare.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1537", "T1040", "T1021.008", "T1552.005", "T1562.001"] },
  condition: all(
    any(
      all(
        equals("eventSource", "ec2.amazonaws.com"),
        any(oneOf("eventName", ALWAYS), all(equals("eventName", METADATA), equals(HTTP_TOKENS, "optional"))),
      ),
      all(
        call("eks", "UpdateClusterConfig"),
        any(
          isTrue(`${VPC_CONFIG}.endpointPublicAccess`),
          equals(`${VPC_CONFIG}.publicAccessCidrs[*]`, "0.0.0.0/0"),
          isFalse("requestParameters.logging.clusterLogging[*].enabled"),
        ),
      ),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) through another channel. If the call is not confirmed, disable the caller's key or sessions.",
      "Exports: `aws ec2 cancel-export-task`, or delete the object; does the bucket (`s3Bucket`, `bucket`) belong to the organization? Mirroring: `aws ec2 delete-traffic-mirror-session`, and find the target's owner.",
      "Settings: `aws ec2 disable-serial-console-access`, `aws ec2 enable-ebs-encryption-by-default`, `aws ec2 modify-instance-metadata-options --instance-id <id> --http-tokens required`.",
      "Cluster: `aws eks update-cluster-config --name <cluster> --resources-vpc-config endpointPublicAccess=false,endpointPrivateAccess=true`, turn its logs on again with `--logging`, and read its audit log.",
    ],
    falsePositives: [
      "A migration that exports images.",
      "An old agent that needs version 1 of the metadata service.",
      "Network monitoring that mirrors traffic.",
      "A cluster's API opened to an office only (`publicAccessCidrs`).",
    ],
    tuning:
      "Ignore the role that exports images or mirrors traffic, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "CreateInstanceExportTask", exported),
      apiCall("ec2", "CreateStoreImageTask", {
        requestParameters: { CreateStoreImageTaskRequest: { Bucket: "disks" } },
      }),
      apiCall("ec2", "CreateTrafficMirrorSession", {
        requestParameters: { CreateTrafficMirrorSessionRequest: { TrafficMirrorTargetId: "tmt-0123456789abcdef0" } },
      }),
      apiCall("ec2", "EnableSerialConsoleAccess", { requestParameters: { EnableSerialConsoleAccessRequest: "" } }),
      apiCall("ec2", "DisableEbsEncryptionByDefault"),
      apiCall("ec2", "ModifyInstanceMetadataOptions", metadata("optional")),
      apiCall("eks", "UpdateClusterConfig", cluster({ publicAccessCidrs: ["192.0.2.0/24", "0.0.0.0/0"] })),
      apiCall("eks", "UpdateClusterConfig", cluster({ endpointPublicAccess: true })),
      apiCall(
        "eks",
        "UpdateClusterConfig",
        logging({ types: ["api"], enabled: true }, { types: ["audit"], enabled: false }),
      ),
    ],
    nearMisses: [
      deniedCall("ec2", "CreateInstanceExportTask", exported),
      apiCall("ec2", "ModifyInstanceMetadataOptions", metadata("required")),
      apiCall("ec2", "DisableSerialConsoleAccess"),
      apiCall("eks", "UpdateClusterConfig", cluster({ publicAccessCidrs: ["192.0.2.0/24"] })),
      apiCall("eks", "UpdateClusterConfig", cluster({ endpointPublicAccess: false })),
      apiCall("eks", "UpdateClusterConfig", logging({ types: ["audit"], enabled: true })),
    ],
  },
};
