import { isArguments, type Arguments } from "./arguments";
import type { Stack } from "./stack";

/** The resource of Terraform's own in which a stack notes what it uses and does not create. */
export const EXISTING = { type: "terraform_data", id: "existing" } as const;

/** The same for regions where nothing is deployed: its input has the reason of each, by region. */
export const OMITTED_REGIONS = { type: EXISTING.type, id: "omitted_regions" } as const;

const NOTED_ID = new RegExp(`^${EXISTING.id}(-\\d+)?$`);

/** Whether a resource is one that its stack notes and does not create. */
export function isExisting(id: string): boolean {
  return NOTED_ID.test(id);
}

/** The resources of a stack with those that it notes, under the names `existing`, `existing-2` and so on of their type. */
export function withExisting(resources: Stack["resources"]): Stack["resources"] {
  const note = resources[EXISTING.type]?.[EXISTING.id]?.["input"];
  if (!isArguments(note)) return resources;
  const { [EXISTING.type]: own = {}, ...others } = resources;
  const further = Object.entries(own).filter(([id]) => id !== EXISTING.id);
  return {
    ...others,
    ...(further.length === 0 ? {} : { [EXISTING.type]: Object.fromEntries(further) }),
    ...Object.fromEntries(
      Object.entries(note).map(([type, noted]) => [type, { ...others[type], ...Object.fromEntries(named(noted)) }]),
    ),
  };
}

/** One resource, or a list of several. */
function named(noted: unknown): readonly (readonly [string, Arguments])[] {
  return (Array.isArray(noted) ? (noted as unknown[]) : [noted])
    .filter(isArguments)
    .map((args, index) => [index === 0 ? EXISTING.id : `${EXISTING.id}-${index + 1}`, args]);
}
