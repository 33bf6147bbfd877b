import { alarmNames } from "./alarm-names";
import { ownArns, ownResources, PLAIN_NAMES, type NamesSettings } from "./own-resources";
import { resourceNames } from "./resource-names";
import { roleNames } from "./role-names";
import { trailNames } from "./trails";

function derive(names: NamesSettings) {
  const own = { ...ownResources(names), ...resourceNames(names), ...trailNames(names), ...alarmNames(names) };
  return { ...own, ...roleNames(own), arns: ownArns(own) };
}

/** Names of everything that an installation deploys. */
export type OwnNames = ReturnType<typeof derive>;

const derived = new Map<string, OwnNames>();

/** The names of an installation, by `names` of organization.yaml: always the same object for the same prefix. */
export function ownNames(names: NamesSettings = PLAIN_NAMES): OwnNames {
  const known = derived.get(names.prefix);
  if (known !== undefined) return known;
  const own = derive(names);
  derived.set(names.prefix, own);
  return own;
}

/**
 * A text of the documentation, which names resources as an installation without settings has them, with the names of
 * another installation. The command `trailwatch` keeps its name: a word or the end of a sentence follows it.
 */
export function inInstallation(text: string, names: NamesSettings): string {
  return text.replace(/\btrailwatch(?=[-/]|`|: | --)/g, names.prefix);
}

/** Names of an installation without settings: those of the documentation and its examples. */
export const PLAIN = ownNames();
