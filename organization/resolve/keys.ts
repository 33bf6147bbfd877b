import type { KeyChoice, KeyPurpose } from "../../lib/naming/key-purposes";
import type { Organization } from "../organization";

/** The key of a purpose: the one that exists, otherwise what `encryption` says. */
export function keyChoiceOf(
  { encryption, keys }: Pick<Organization, "encryption" | "keys">,
  purpose: KeyPurpose,
): KeyChoice {
  const existing = keys[purpose];
  return existing === undefined ? encryption : { existing };
}
