import { notByService } from "../../by-service";
import { all, any, call, not, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { apiCall, awsService, deniedCall } from "../../example-record";

/** Documents that only maintain the machine. Any other may run a script, an own one included. */
const MAINTENANCE = ["AWS-UpdateSSMAgent", "AWS-RunPatchBaseline"];

const command = (documentName: string) => ({
  requestParameters: {
    documentName,
    instanceIds: ["i-0123456789abcdef0"],
    interactive: false,
    parameters: "HIDDEN_DUE_TO_SECURITY_REASONS",
  },
});
const session = { requestParameters: { target: "i-0123456789abcdef0" } };
const byAutomation = { userIdentity: awsService("ssm"), sourceIPAddress: "ssm.amazonaws.com" };

export const sessionOrCommandByHand: Detection = {
  id: "session-or-command-by-hand",
  title: "Session or command by hand",
  meaning:
    "Systems Manager ran a command or opened a session on a machine, ECS Exec entered a container, or CloudShell was " +
    "opened or sent a file. What AWS services start, such as maintenance windows, is left out.",
  why: "A command runs as root with the permissions of the machine's role, and needs no open port. CloudTrail hides its text.",
  severity: "low",
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 1,
  scope: "account",
  references: { mitre: ["T1651", "T1021.008", "T1059.009"] },
  condition: all(
    any(
      all(call("ssm", "SendCommand"), not(oneOf("requestParameters.documentName", MAINTENANCE))),
      call("ssm", "StartSession", "ResumeSession"),
      call("ecs", "ExecuteCommand"),
      call("cloudshell", "CreateEnvironment", "CreateSession", "GetFileDownloadUrls"),
    ),
    succeeded(),
    notByService(),
  ),
  runbook: {
    firstFiveMinutes: [
      "Contact the caller (`userIdentity.arn`) through another channel: what was the command or session for?",
      "Read what was run: `aws ssm list-command-invocations --command-id <id> --details`, or the session's log in S3 or CloudWatch Logs.",
      "If it is not confirmed: `aws ssm terminate-session --session-id <id>` or `aws ssm cancel-command --command-id <id>`, revoke the sessions of the machine's role, and disable the caller's key or sessions.",
    ],
    falsePositives: ["Daily administration.", "Tools that run commands by their own role, such as Ansible."],
    tuning:
      "Ignore tools and administrators by `userIdentity.sessionContext.sessionIssuer.arn`. Set severity high where machines are never changed by hand.",
  },
  examples: {
    matches: [
      apiCall("ssm", "SendCommand", command("AWS-RunShellScript")),
      apiCall("ssm", "SendCommand", command("AWS-RunPowerShellScript")),
      apiCall("ssm", "SendCommand", command("Inventory-Fix")),
      apiCall("ssm", "StartSession", session),
      apiCall("ssm", "ResumeSession", { requestParameters: { sessionId: "alice-0123456789abcdef0" } }),
      apiCall("ecs", "ExecuteCommand", {
        requestParameters: { cluster: "shop", interactive: true, command: "/bin/sh" },
      }),
      apiCall("cloudshell", "CreateEnvironment", { requestParameters: {} }),
      apiCall("cloudshell", "CreateSession", { requestParameters: { SessionType: "TMUX" } }),
    ],
    nearMisses: [
      apiCall("ssm", "SendCommand", { ...command("AWS-RunShellScript"), ...byAutomation }),
      apiCall("ssm", "SendCommand", command("AWS-RunPatchBaseline")),
      deniedCall("ssm", "StartSession", session),
      apiCall("ssm", "TerminateSession", { requestParameters: { sessionId: "alice-0123456789abcdef0" } }),
    ],
  },
};
