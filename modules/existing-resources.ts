import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { EXISTING } from "../lib/terraform/read/existing";
import { terraformAddressOf } from "./escape-hatches";
import { terraformTemplate } from "./user-text";

type NotedArguments = Readonly<Record<string, unknown>>;

export interface ExistingResourcesProps {
  /** Arguments of the resource or resources of each type, as those of a resource that Terraform creates. */
  readonly resources: Readonly<Record<string, NotedArguments | readonly NotedArguments[]>>;

  /**
   * A log group of the stack's account and region that must exist, and the trail that writes to it.
   *
   * @default - none
   */
  readonly logGroup?: { readonly name: string; readonly trail: string } | undefined;
}

/**
 * Notes what the stack uses and does not create, in a resource of Terraform's own that deploys nothing: synthesized stacks
 * and plans show it, and evaluation, `verify` and reports read it with the created resources.
 */
export class ExistingResources extends Construct {
  constructor(scope: Construct, id: string, props: ExistingResourcesProps) {
    super(scope, id);
    const note = new TerraformResource(this, "Resource", { terraformResourceType: EXISTING.type });
    note.overrideLogicalId(EXISTING.id);
    note.addOverride("input", props.resources);
    const { logGroup } = props;
    if (logGroup === undefined) return;
    const found = new DataAwsCloudwatchLogGroups(this, "log-groups", { logGroupNamePrefix: logGroup.name });
    const address = terraformAddressOf("data.aws_cloudwatch_log_groups", found);
    note.lifecycle = {
      precondition: [
        {
          condition: terraformTemplate(`\${contains(${address}.log_group_names, "${logGroup.name}")}`),
          errorMessage:
            `'trail.existing.logGroup' in accounts/organization.yaml must be the log group of trail ${logGroup.trail}, ` +
            `and there is no ${logGroup.name}. This prints its ARN: aws cloudtrail describe-trails --trail-name-list ` +
            `${logGroup.trail} --query "trailList[0].CloudWatchLogsLogGroupArn"`,
        },
      ],
    };
  }
}

/** Notes of topics that are notified, by their ARNs. */
export function topicNotes(topicArns: readonly string[]): ExistingResourcesProps["resources"] {
  if (topicArns.length === 0) return {};
  return {
    aws_sns_topic: topicArns.map((topicArn) => {
      const [, , , region = "", , name = ""] = topicArn.split(":");
      return { arn: topicArn, name, region };
    }),
  };
}
