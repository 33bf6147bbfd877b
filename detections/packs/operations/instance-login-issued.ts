import { any, all, call, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { EXAMPLE_ARN, apiCall, deniedCall } from "../../example-record";

const instance = { requestParameters: { instanceId: "i-0123456789abcdef0" } };
const pushed = {
  requestParameters: {
    instanceId: "i-0123456789abcdef0",
    sSHPublicKey: "ssh-ed25519 AAAA",
    instanceOSUser: "ec2-user",
  },
};
const tunnel = {
  requestParameters: {
    instanceConnectEndpointId: "eice-0123456789abcdef0",
    remotePort: "22",
    privateIpAddress: "10.0.1.7",
    maxTunnelDuration: "3600",
  },
};

export const instanceLoginIssued: Detection = {
  id: "instance-login-issued",
  title: "Login to an instance or cluster issued",
  meaning:
    "An SSH key was pushed to an instance or its serial console, a tunnel was opened, a Windows password or Lightsail key " +
    "was read, an EC2 key pair was created or imported, a Glue development endpoint, which takes SSH keys, was changed, or a principal was given access to an EKS cluster.",
  why: "Permissions in AWS become a login on the machine, from where its role and its network are within reach.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1021.008", "T1098.004", "T1552.004"] },
  condition: all(
    any(
      call("ec2-instance-connect", "SendSSHPublicKey", "SendSerialConsoleSSHPublicKey", "OpenTunnel"),
      call("ec2", "GetPasswordData", "CreateKeyPair", "ImportKeyPair"),
      call("lightsail", "GetInstanceAccessDetails", "DownloadDefaultKeyPair"),
      call("glue", "CreateDevEndpoint", "UpdateDevEndpoint"),
      call("eks", "CreateAccessEntry", "AssociateAccessPolicy"),
    ),
    succeeded(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) through another channel: which work needs the login, and is `sourceIPAddress` theirs?",
      "If it is not confirmed: isolate the instance by its security group, and disable the caller's key or sessions. A pushed key is valid for 60 seconds; sessions opened with it stay open.",
      "Read the instance's login records, and check what its role did since. Delete unknown key pairs: `aws ec2 delete-key-pair --key-pair-id <id>`, and unknown access to a cluster: `aws eks delete-access-entry --cluster-name <cluster> --principal-arn <arn>`.",
    ],
    falsePositives: [
      "Administration by EC2 Instance Connect.",
      "Terraform that waits for a Windows password or imports a key pair.",
      "A new EKS cluster, whose deployment gives its operators access.",
    ],
    tuning:
      "Ignore administrators' roles by `userIdentity.sessionContext.sessionIssuer.arn`. Set severity high where there is no login to machines.",
  },
  examples: {
    matches: [
      apiCall("ec2-instance-connect", "SendSSHPublicKey", pushed),
      apiCall("ec2-instance-connect", "SendSerialConsoleSSHPublicKey", pushed),
      apiCall("ec2-instance-connect", "OpenTunnel", tunnel),
      apiCall("ec2", "GetPasswordData", instance),
      apiCall("ec2", "ImportKeyPair", { requestParameters: { keyName: "admin" } }),
      apiCall("lightsail", "GetInstanceAccessDetails", {
        requestParameters: { instanceName: "blog", protocol: "ssh" },
      }),
      apiCall("glue", "UpdateDevEndpoint", {
        requestParameters: { endpointName: "dev", addPublicKeys: ["ssh-rsa AAAA"] },
      }),
      apiCall("eks", "CreateAccessEntry", {
        requestParameters: { name: "shop", principalArn: `${EXAMPLE_ARN}:iam::111122223333:role/Support` },
      }),
      apiCall("eks", "AssociateAccessPolicy", {
        requestParameters: {
          name: "shop",
          policyArn: `${EXAMPLE_ARN}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        },
      }),
    ],
    nearMisses: [
      apiCall("eks", "ListAccessEntries", { requestParameters: { name: "shop" } }),
      apiCall("glue", "GetDevEndpoint", { requestParameters: { endpointName: "dev" } }),
      deniedCall("ec2-instance-connect", "SendSSHPublicKey", pushed),
      apiCall("ec2", "GetPasswordData", { ...instance, errorCode: "Client.UnauthorizedOperation" }),
      apiCall("ec2", "DeleteKeyPair", { requestParameters: { keyName: "admin" } }),
      apiCall("lightsail", "GetInstance", { requestParameters: { instanceName: "blog" } }),
    ],
  },
};
