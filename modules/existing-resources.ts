import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { EXISTING } from "../lib/terraform/read/existing";
import { terraformAddressOf } from "./escape-hatches";
import { terraformTemplate } from "./user-text";

type NotedArguments = Readonly<Record<string, unknown>>;

/** Arguments of a resource or resources of each type, as those of a resource that Terraform creates. */
export type NotedResources = Readonly<Record<string, NotedArguments | readonly NotedArguments[]>>;

const ID = "existing";

/**
 * Notes what the stack uses and does not create, in a resource of Terraform's own that deploys nothing: synthesized stacks
 * and plans show it, and evaluation, `verify` and reports read it with the created resources.
 */
class ExistingResources extends Construct {
  public readonly note: TerraformResource;
  private readonly noted = new Map<string, NotedArguments[]>();

  constructor(stack: TerraformStack) {
    super(stack, ID);
    this.note = new TerraformResource(this, "Resource", { terraformResourceType: EXISTING.type });
    this.note.overrideLogicalId(EXISTING.id);
  }

  public add(type: string, resources: readonly NotedArguments[]): void {
    const all = [...(this.noted.get(type) ?? []), ...resources];
    this.noted.set(type, all);
    this.note.addOverride(`input.${type}`, all.length === 1 ? all[0] : all);
  }
}

function notesOf(scope: Construct): ExistingResources {
  const stack = TerraformStack.of(scope);
  const known = stack.node.tryFindChild(ID);
  return known instanceof ExistingResources ? known : new ExistingResources(stack);
}

/** Notes one resource. */
export function noteExisting(scope: Construct, type: string, resource: NotedArguments): void {
  notesOf(scope).add(type, [resource]);
}

/** Notes topics that are notified, by their ARNs. */
export function noteTopics(scope: Construct, topicArns: readonly string[]): void {
  for (const topicArn of topicArns) {
    const [, , , region = "", , name = ""] = topicArn.split(":");
    noteExisting(scope, "aws_sns_topic", { arn: topicArn, name, region });
  }
}

/** Checks before a deployment that a trail's log group exists in the stack's account and region. */
export function requireLogGroup(scope: Construct, logGroup: { readonly name: string; readonly trail: string }): void {
  const notes = notesOf(scope);
  const found = new DataAwsCloudwatchLogGroups(notes, "log-groups", { logGroupNamePrefix: logGroup.name });
  const address = terraformAddressOf("data.aws_cloudwatch_log_groups", found);
  notes.note.lifecycle = {
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
