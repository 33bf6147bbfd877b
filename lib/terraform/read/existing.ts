import { isArguments, type Arguments } from "./arguments";
import type { Stack } from "./stack";

/** The resource of Terraform's own in which a stack notes what it uses and does not create. */
export const EXISTING = { type: "terraform_data", id: "existing" } as const;

/** The same for regions where nothing is deployed: its input has the reason of each, by region. */
export const OMITTED_REGIONS = { type: EXISTING.type, id: "omitted_regions" } as const;

/** The resources of a stack with those that it notes, each under the name `existing` of its type. */
export function withExisting(resources: Stack["resources"]): Stack["resources"] {
  const note = resources[EXISTING.type]?.[EXISTING.id]?.["input"];
  if (!isArguments(note)) return resources;
  const noted = Object.entries(note).filter((entry): entry is [string, Arguments] => isArguments(entry[1]));
  const { [EXISTING.type]: own = {}, ...others } = resources;
  const further = Object.entries(own).filter(([id]) => id !== EXISTING.id);
  return {
    ...others,
    ...(further.length === 0 ? {} : { [EXISTING.type]: Object.fromEntries(further) }),
    ...Object.fromEntries(noted.map(([type, args]) => [type, { ...others[type], [EXISTING.id]: args }])),
  };
}
