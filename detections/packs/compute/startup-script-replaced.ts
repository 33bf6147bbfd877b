import { notByService } from "../../by-service";
import { all, any, call, equals, exists, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, assumedRole, deniedCall } from "../../example-record";

/** CloudTrail removes the script itself. Clients name it as a parameter, as an object, or by attribute and value. */
const userData = any(
  exists("requestParameters.userData"),
  exists("requestParameters.userData.value"),
  equals("requestParameters.attribute", "userData"),
);

const REMOVED = "<sensitiveDataRemoved>";
const instance = (parameters: object) => ({ requestParameters: { instanceId: "i-0123456789abcdef0", ...parameters } });
const lifecycle = {
  requestParameters: { notebookInstanceLifecycleConfigName: "setup", onStart: [{ content: "ZWNobw" }] },
};
const cloudFormation = {
  userIdentity: { ...assumedRole("Deployment", "AWSCloudFormation"), invokedBy: "cloudformation.amazonaws.com" },
};

export const startupScriptReplaced: Detection = {
  id: "startup-script-replaced",
  title: "Startup script of an instance or notebook replaced",
  meaning:
    "The user data of an existing EC2 instance was replaced, or a lifecycle script of SageMaker was created or changed. " +
    "What CloudFormation does is left out.",
  why: "The script runs as root at the next start, with the permissions of the machine's role, and leaves no SSH or SSM session.",
  severity: "high",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1059", "T1037"] },
  condition: all(
    any(
      all(call("ec2", "ModifyInstanceAttribute"), userData),
      call(
        "sagemaker",
        ...["CreateNotebookInstanceLifecycleConfig", "UpdateNotebookInstanceLifecycleConfig"],
        "CreateStudioLifecycleConfig",
      ),
    ),
    succeeded(),
    notByService(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Read the script, which CloudTrail does not keep: `aws ec2 describe-instance-attribute --instance-id <id> --attribute userData --query UserData.Value --output text | base64 -d`; for SageMaker, `aws sagemaker describe-notebook-instance-lifecycle-config` or `describe-studio-lifecycle-config`.",
      "Did the caller also call `StopInstances`, `StartInstances` or `StartNotebookInstance`? Then the script has run: isolate the machine and revoke the sessions of its role.",
      "If the change is not confirmed, restore the script, and disable the caller's key or sessions.",
    ],
    falsePositives: [
      "Terraform that changes `user_data` in place.",
      "A new lifecycle configuration of a data science team.",
    ],
    tuning: "Ignore the role that deploys instances or notebooks, by `userIdentity.sessionContext.sessionIssuer.arn`.",
  },
  examples: {
    matches: [
      apiCall("ec2", "ModifyInstanceAttribute", instance({ userData: REMOVED })),
      apiCall("ec2", "ModifyInstanceAttribute", instance({ userData: { value: REMOVED } })),
      apiCall("ec2", "ModifyInstanceAttribute", instance({ attribute: "userData", value: REMOVED })),
      apiCall("sagemaker", "CreateNotebookInstanceLifecycleConfig", lifecycle),
      apiCall("sagemaker", "UpdateNotebookInstanceLifecycleConfig", lifecycle),
    ],
    nearMisses: [
      apiCall("ec2", "ModifyInstanceAttribute", instance({ instanceType: { value: "t3.large" } })),
      apiCall("ec2", "ModifyInstanceAttribute", { ...instance({ userData: REMOVED }), ...cloudFormation }),
      deniedCall("ec2", "ModifyInstanceAttribute", instance({ userData: REMOVED })),
      apiCall("sagemaker", "DescribeNotebookInstanceLifecycleConfig", lifecycle),
    ],
  },
};
