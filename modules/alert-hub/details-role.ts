import { ownNamesOf } from "../own-names-of";
import { arn, rootArn } from "../../lib/aws/partitions";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { ownRoleArn, type IamNaming } from "../../lib/naming/role-names";
import { OnlyPolicies } from "../only-policies";
import { policyJson } from "../policy-document";

export interface DetailsRoleProps {
  /** The 12-digit id of the account whose events the hub may read. */
  readonly accountId: string;

  /** The home region, with the log groups. */
  readonly region: string;

  /** The 12-digit id of the hub's account. */
  readonly hubAccountId: string;

  /** Id of the organization, `o-...`. */
  readonly organizationId: string;

  /** Names of the log groups with metric filters. */
  readonly logGroups: readonly string[];

  readonly iam: IamNaming;
}

/** The role with which the alert hub reads an account's events, for the details of its messages, and nothing else. */
export class DetailsRole extends Construct {
  constructor(scope: Construct, id: string, props: DetailsRoleProps) {
    super(scope, id);
    const own = ownNamesOf(this);
    const { accountId, region, hubAccountId, organizationId, iam } = props;
    const logGroup = (name: string): string => arn(region, "logs", accountId, `log-group:${name}`);
    const role = new IamRole(this, "role", {
      name: own.alertDetails,
      assumeRolePolicy: policyJson("trust", [
        {
          Sid: "AlertHubAssume",
          Effect: "Allow",
          // The account, because a policy that names a role becomes invalid when the role is replaced, and cannot be
          // written before the role exists.
          Principal: { AWS: rootArn(region, hubAccountId) },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": ownRoleArn(region, iam, hubAccountId, own.alertDetailsMachineRole) },
            StringEquals: { "aws:PrincipalOrgID": organizationId },
          },
        },
      ]),
    });
    const permission = new IamRolePolicy(this, "permission", {
      name: "read-events",
      role: role.id,
      policy: policyJson("role", [
        {
          // Without a log group in the request, as for the filters of a metric, the ARN has an empty name.
          Sid: "FindFilters",
          Effect: "Allow",
          Action: "logs:DescribeMetricFilters",
          Resource: logGroup("*"),
        },
        {
          Sid: "ReadEvents",
          Effect: "Allow",
          Action: "logs:FilterLogEvents",
          Resource: props.logGroups.flatMap((name) => [logGroup(name), `${logGroup(name)}:*`]),
        },
      ]),
    });
    new OnlyPolicies(this, "only", { role, policies: [permission] });
  }
}
