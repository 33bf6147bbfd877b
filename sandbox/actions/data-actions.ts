import { bucketArn } from "../../lib/aws/partitions";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, DeleteBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { DeleteSecretCommand, GetSecretValueCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { Organization } from "../../organization/organization";
import { READS_DETECTION, findWatchedSecret } from "../scenarios/watched-secret";
import type { SandboxAction } from "./action";
import { found, inMember } from "./targets";

const DEVELOPER = { role: "Developer", session: "alice" };
const MALLORY = { role: "Administrator", session: "mallory" };

/** Calls on an account's secrets, buckets and users. */
export const DATA_ACTIONS: readonly SandboxAction[] = [
  {
    id: "read-secret",
    title: "Read the watched secret",
    actor: DEVELOPER,
    call: "secretsmanager:GetSecretValue",
    expects: (organization) => {
      const watched = findWatchedSecret(organization);
      return watched && { account: watched.account, detection: READS_DETECTION };
    },
    times: (organization) => (findWatchedSecret(organization)?.threshold ?? 0) + 2,
    run: async ({ secrets }, { organization, times }) => {
      const SecretId = watchedSecret(organization);
      for (let read = 0; read < times; read++) await secrets.send(new GetSecretValueCommand({ SecretId }));
      return undefined;
    },
  },
  {
    id: "delete-secret",
    title: "Delete the watched secret",
    actor: MALLORY,
    call: "secretsmanager:DeleteSecret",
    expects: (organization) => {
      const account = findWatchedSecret(organization)?.account;
      return account && inMember("secret-deleted")({ ...organization, accounts: [account] });
    },
    run: async ({ secrets }, { organization }) => {
      const SecretId = watchedSecret(organization);
      await secrets.send(new DeleteSecretCommand({ SecretId }));
      return {
        title: "Restore the secret",
        run: (clients) => clients.secrets.send(new RestoreSecretCommand({ SecretId })),
      };
    },
  },
  {
    id: "create-access-key",
    title: "Create an access key for a new user",
    actor: MALLORY,
    call: "iam:CreateAccessKey",
    expects: inMember("long-lived-credential-created"),
    run: async ({ iam }) => {
      // A name of its own each time: a user of the same name may still exist.
      const UserName = `backup-${Date.now().toString(36)}`;
      await iam.send(new CreateUserCommand({ UserName }));
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
      return {
        title: "Delete the key and the user",
        run: async (clients) => {
          await clients.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
          await clients.iam.send(new DeleteUserCommand({ UserName }));
        },
      };
    },
  },
  {
    id: "public-bucket",
    title: "Create a bucket and make it public",
    actor: MALLORY,
    call: "s3:PutBucketPolicy",
    expects: inMember("bucket-made-public"),
    run: async ({ s3 }, { organization }) => {
      const Bucket = `customer-exports-${Date.now().toString(36)}`;
      const everyone = {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: bucketArn(organization.homeRegion, `${Bucket}/*`),
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [everyone] });
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      return {
        title: "Remove the bucket's policy",
        run: (clients) => clients.s3.send(new DeleteBucketPolicyCommand({ Bucket })),
      };
    },
  },
];

function watchedSecret(organization: Organization): string {
  return found(findWatchedSecret(organization), "the organization has no watched secret of its own").secret;
}
