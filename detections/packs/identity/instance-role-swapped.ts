import { all, call, matches, not, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole } from "../../example-record";
import { notByDeployment } from "./deployment-role";

const associated = (operation: string, request: object) => ({
  requestParameters: { [`${operation}Request`]: { IamInstanceProfile: { Name: "administrator" }, ...request } },
});
const replaced = associated("ReplaceIamInstanceProfileAssociation", { AssociationId: "iip-assoc-0a1b2c3d4e5f60718" });

/** `AddRoleToInstanceProfile` is left out: each deployment of a new instance makes it. */
export const instanceRoleSwapped: Detection = {
  id: "instance-role-swapped",
  title: "Instance given another role",
  meaning:
    "The instance profile of an EC2 instance was set or replaced, not by the deployment role or an AWS service: the " +
    "instance now has another role's permissions.",
  why: "Who controls an instance gets the permissions of any role that they may pass to it.",
  severity: "medium",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1098.003", "T1548.005"] },
  condition: (account) => [
    all(
      call("ec2", "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation"),
      succeeded(),
      not(matches("sourceIPAddress", "*.amazonaws.com")),
      ...notByDeployment(account),
    ),
  ],
  runbook: {
    firstFiveMinutes: [
      "Find the instance and the profile (`requestParameters`), and what its role may do: `aws iam get-instance-profile --instance-profile-name <profile>`.",
      "If it is unexplained: `aws ec2 disassociate-iam-instance-profile --association-id <association>`, and revoke the role's sessions.",
      "List what the role did since: its sessions are named like the instance (`i-…`).",
    ],
    falsePositives: ["An instance set up by hand that needs Systems Manager.", "Quick Setup of Systems Manager."],
    tuning: "Ignore the role that sets instances up, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "ReplaceIamInstanceProfileAssociation", replaced),
      apiCall(
        "ec2",
        "AssociateIamInstanceProfile",
        associated("AssociateIamInstanceProfile", { InstanceId: "i-0a1b2c3d4e5f60718" }),
      ),
    ],
    nearMisses: [
      apiCall("ec2", "ReplaceIamInstanceProfileAssociation", {
        ...replaced,
        userIdentity: assumedRole("OrganizationAccountAccessRole", "terraform"),
      }),
      apiCall("ec2", "AssociateIamInstanceProfile", { sourceIPAddress: "ssm-quicksetup.amazonaws.com" }),
      apiCall("ec2", "ReplaceIamInstanceProfileAssociation", { errorCode: "Client.InvalidParameterValue" }),
      apiCall("iam", "AddRoleToInstanceProfile", {
        requestParameters: { instanceProfileName: "app", roleName: "app" },
      }),
    ],
  },
};
