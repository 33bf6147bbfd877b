import type { NamesSettings } from "../../naming/own-resources";
import type { Arguments } from "./arguments";

/** Every stack has a tag with its id, whose key begins with the prefix of all names. */
const STACK_TAG = /^([a-z][a-z0-9-]*):stack$/;

/** What the names of a stack's resources derive from, by the default tags of its providers; undefined without such a tag. */
export function namesOfTags(tags: readonly Arguments[]): NamesSettings | undefined {
  // Tags of organization.yaml are before it.
  const [, prefix] = STACK_TAG.exec(tags.flatMap(Object.keys).findLast((key) => STACK_TAG.test(key)) ?? "") ?? [];
  return prefix === undefined ? undefined : { prefix };
}
