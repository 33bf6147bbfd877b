import type { ExpectedSecret } from "../expected/expected-account";
import { READS } from "../aws/calls";
import { failed, proven, unknown } from "../result";
import { monitoringStack, redeploy, type Check } from "./check";

/** Whether a watched secret exists and can be read. */
export function secretCheck({ name, region, created }: ExpectedSecret): Check {
  return {
    hop: "API call",
    name: `secret ${name}`,
    run: async (subject) => {
      const secret = await subject.session.query(READS.secret, { SecretId: name }, region);
      if (secret === undefined) {
        const seen = `no such secret in ${region}`;
        return created
          ? failed(seen, "the watched secret is gone", redeploy(monitoringStack(subject)))
          : unknown(
              seen,
              "its reads are watched by name, and there is nothing to read yet",
              `create it in ${region}, or correct the name in accounts/`,
            );
      }
      if (secret.DeletedDate === undefined) return proven(`exists in ${region}`);
      return failed(
        `scheduled for deletion since ${secret.DeletedDate.toISOString()}`,
        "callers cannot read the secret",
        `aws secretsmanager restore-secret --region ${region} --secret-id ${name}`,
      );
    },
  };
}
