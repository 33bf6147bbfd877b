import { templateOf } from "../lib/terraform/template";
import type { DeployedDetection } from "./filters/deployed-filters";
import type { Duplicate } from "./filters/duplicates";

/** A resource that Terraform takes over. */
export interface ImportBlock {
  readonly stack: string;
  /** Address as synthesized. */
  readonly to: string;
  /** The id by which the provider imports it. */
  readonly id: string;
  /** Whether its name or log group differs, which Terraform cannot change in place. */
  readonly isReplaced: boolean;
}

/**
 * Import blocks for filters that match exactly the events of a detection that is on, and for their alarms. Each address
 * takes over one resource: further duplicates are to be removed by hand.
 *
 * @param logGroup name of the log group that the account's filters are attached to, if it is known
 */
export function importBlocks(
  duplicates: readonly Duplicate[],
  deployed: readonly DeployedDetection[],
  logGroup: string | undefined,
): ImportBlock[] {
  const blocks = new Map<string, ImportBlock>();
  const add = (block: ImportBlock): void => {
    if (!blocks.has(block.to)) blocks.set(block.to, block);
  };
  for (const { detection, relation, isOn, filter, alarms } of duplicates) {
    const own = deployed.find((one) => one.detection === detection);
    // A provider imports from its own region.
    if (!isOn || relation !== "same" || own?.region !== filter.region) continue;
    const [target] = own.filters;
    if (target === undefined) continue;
    const { stack } = own;
    // Source: Terraform AWS provider, aws_cloudwatch_log_metric_filter, import.
    add({
      stack,
      to: target.address,
      id: `${filter.logGroup}:${filter.name}`,
      isReplaced: filter.name !== target.name || filter.logGroup !== logGroup,
    });
    const [alarm] = alarms;
    if (own.alarm !== undefined && alarm !== undefined) {
      add({ stack, to: own.alarm.address, id: alarm.name, isReplaced: alarm.name !== own.alarm.name });
    }
  }
  return [...blocks.values()];
}

/** The first line of each file, by which a later run recognizes it. */
export const IMPORTS_HEAD = "# Written by trailwatch adopt. Review it: docs/adopt.md, Taking over filters and alarms.";

/** A stack's import blocks as a file of Terraform. */
export function importsText(blocks: readonly ImportBlock[]): string {
  return [
    IMPORTS_HEAD,
    ...blocks.map(({ to, id, isReplaced }) =>
      [
        "",
        ...(isReplaced
          ? ["# Replaced: Terraform deletes it and creates Trailwatch's, as the name or log group differs."]
          : []),
        "import {",
        `  to = ${to}`,
        `  id = ${quoted(id)}`,
        "}",
      ].join("\n"),
    ),
    "",
  ].join("\n");
}

/** A text as a string of HCL. Names in AWS are chosen by others. */
function quoted(text: string): string {
  const escaped = JSON.stringify(templateOf(text)).replace(
    /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
  // JSON's short escapes that HCL lacks.
  return escaped.replace(/\\(b|f)/g, (whole, letter: string, at: number, all: string) =>
    isEscapedBackslash(all, at) ? whole : letter === "b" ? "\\u0008" : "\\u000c",
  );
}

/** Whether the backslash is the second one of `\\`. */
function isEscapedBackslash(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === "\\") before -= 1;
  return (at - 1 - before) % 2 === 1;
}
