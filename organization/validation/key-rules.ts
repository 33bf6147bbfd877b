import { partitionOf } from "../../lib/aws/partitions";
import { keyPurposes, type KeyPurpose } from "../../lib/naming/key-purposes";
import { bucketStateOf, ownStateOf } from "../resolve/state";
import type { OrganizationFile } from "../schema/schema";
import type { Checked } from "./check";
import type { Problem } from "./problem";

type Valid = Checked<OrganizationFile>["valid"];

/** Where a key of each purpose could not be used; undefined: it can. */
const REFUSALS: Readonly<Record<KeyPurpose, (valid: Valid) => string | undefined>> = {
  archive: () => undefined,
  logs: () => undefined,
  secrets: () => undefined,
  state: ({ state }) => {
    if (state === undefined || ownStateOf(state) !== undefined) return undefined;
    return bucketStateOf(state) === undefined
      ? "be left out: only a bucket, of state.backend s3, is encrypted with it"
      : "be left out with state.existing: name the key in state.existing.keyArn";
  },
  topics: ({ alertHub }) =>
    (alertHub?.webhooks ?? []).length === 0
      ? undefined
      : "be left out with alertHub.webhooks: EventBridge requires a tag, which Trailwatch sets on its own key",
};

/** Problems of `keys`: keys that the services of the home region could not use. */
export function keyProblems({ file, valid }: Checked<OrganizationFile>): Problem[] {
  const { homeRegion, keys = {} } = valid;
  return keyPurposes.flatMap((purpose) => {
    const arn = keys[purpose];
    if (arn === undefined) return [];
    const region = arn.split(":")[3] ?? "";
    // That of another partition is a problem of its own.
    const isElsewhere =
      homeRegion !== undefined && region !== homeRegion && partitionOf(region) === partitionOf(homeRegion);
    const rules = [
      ...(isElsewhere ? [`be a key of homeRegion, ${homeRegion}: services use keys of their own region`] : []),
      REFUSALS[purpose](valid) ?? [],
    ].flat();
    return rules.map((rule) => file.problem(["keys", purpose], rule));
  });
}
