import { STATE_BACKEND_STACK } from "../../lib/naming/stack-ids";
import { accountNamed, type Organization } from "../../organization/organization";
import type { StatePlace } from "../../organization/resolve/state";
import { deploymentRoleArn } from "../../stacks/deployment-role";
import { readBucketFacts, unreachable } from "./bucket-facts";
import { stateBucketFindings } from "./bucket-findings";
import type { BucketFinding, BucketUse } from "./bucket-use";
import { bucketClientSettings } from "./state-location";

export interface BucketCheck {
  readonly organization: Organization;
  readonly place: StatePlace;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (message: string) => void;
}

/**
 * Checks a bucket that exists, and changes nothing. What is missing is reported with the command or statement to add.
 *
 * @throws Error if deployments could not keep their state there, with all reasons
 */
export async function checkExistingBucket({ organization, place, env, report }: BucketCheck): Promise<void> {
  const use = useOf(organization, place);
  const settings = bucketClientSettings(organization, place, env);
  const reason = await unreachable(use, settings);
  if (reason !== undefined) throw new Error(reason);
  report(
    `Bucket '${place.bucket}' exists in account '${place.account}', ${place.region}. Nothing is created or changed.`,
  );
  const findings = stateBucketFindings(await readBucketFacts(use, settings), use);
  for (const finding of findings) for (const line of linesOf(finding)) report(line);
  const unusable = findings.filter(({ status }) => status === "unusable");
  if (unusable.length > 0) {
    throw new Error(
      `'state.existing' must be a bucket that can keep states: ${unusable.map(({ text }) => text).join("; ")}`,
    );
  }
  report(`States are kept in 's3://${place.bucket}/${place.keyOf("<stack>")}'.`);
}

function useOf(organization: Organization, { bucket, region, account, existing, keyOf }: StatePlace): BucketUse {
  const owner = accountNamed(organization, account);
  // Deployments and administrators write; both are the same role unless CI deploys.
  const deploying: Organization = { ...organization, access: "deploy" };
  const writers = [deploying, organization]
    .map((one) => deploymentRoleArn(one, owner))
    .filter((arn) => arn !== undefined);
  return {
    bucket,
    region,
    keyArn: existing?.keyArn,
    // A local AWS has other ids.
    ownerId: organization.localAws ? undefined : owner.id,
    objectKey: keyOf(STATE_BACKEND_STACK),
    objects: keyOf("*"),
    accountId: owner.id,
    organizationId: organization.id,
    writers: [...new Set(writers)],
  };
}

function linesOf({ status, text, fix, statement }: BucketFinding): string[] {
  return [
    `  ${status.padEnd(9)} ${text}`,
    ...(fix === undefined ? [] : [`            fix: ${fix}`]),
    ...(statement === undefined ? [] : [`            ${JSON.stringify(statement)}`]),
  ];
}
