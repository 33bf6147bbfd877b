import { ownNamesOf } from "../own-names-of";
import { arn } from "../../lib/aws/partitions";
import { templateOfJson } from "../../lib/terraform/template";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Construct } from "constructs";
import { ownRoleArn, type IamNaming } from "../../lib/naming/role-names";
import { OnlyPolicies } from "../only-policies";
import { policyJson, trustStateMachine } from "../policy-document";
import { detailsMachine } from "./details/details-machine";

export interface AlertDetailsProps {
  /** The 12-digit id of the hub's account. */
  readonly accountId: string;

  /** Region of the hub and of all alarms: Step Functions calls AWS in its own region only. */
  readonly region: string;

  /** Id of the organization, `o-...`. */
  readonly organizationId: string;

  readonly iam: IamNaming;
}

/**
 * Finds the events that raised an alarm: a state machine that reads them in the alarm's account, with the role
 * `DetailsRole` there.
 */
export class AlertDetails extends Construct {
  /** ARN of the state machine, as text. */
  public readonly machineArn: string;
  /** What must exist before the machine is called. */
  public readonly machine: SfnStateMachine;

  constructor(scope: Construct, id: string, { accountId, region, organizationId, iam }: AlertDetailsProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    this.machineArn = arn(region, "states", accountId, `stateMachine:${own.alertDetails}`);
    const role = new IamRole(this, "role", {
      name: own.alertDetailsMachineRole,
      assumeRolePolicy: policyJson("trust", [trustStateMachine(accountId, this.machineArn)]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "assume-details",
      role: role.id,
      policy: policyJson("role", [
        {
          Sid: "AssumeDetails",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: ownRoleArn(region, iam, "*", own.alertDetails),
          Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });

    this.machine = new SfnStateMachine(this, "Resource", {
      name: own.alertDetails,
      // Only express workflows can be called synchronously from another one without polling.
      type: "EXPRESS",
      roleArn: role.arn,
      definition: templateOfJson(detailsMachine(region, iam, own)),
      // Set explicitly, because the provider hides manual changes of omitted arguments. Records must not be logged or
      // traced.
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      dependsOn: [permission],
    });
  }
}
