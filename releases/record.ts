import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What an upgrade must keep: everything on the way from a call to a notification, with the arguments whose change makes
 * Terraform replace the resource. Between its deletion and its creation, nothing is reported.
 * Source: documentation of the AWS provider ("Forces new resource").
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  aws_cloudtrail: ["name"],
  aws_cloudwatch_composite_alarm: ["alarm_name"],
  aws_cloudwatch_event_rule: ["event_bus_name", "name"],
  aws_cloudwatch_event_target: ["event_bus_name", "rule", "target_id"],
  aws_cloudwatch_log_group: ["name"],
  aws_cloudwatch_log_metric_filter: ["log_group_name", "name"],
  aws_cloudwatch_metric_alarm: ["alarm_name"],
  aws_sns_topic: ["name"],
  aws_sns_topic_subscription: ["topic_arn", "protocol", "endpoint"],
};

/** Where Terraform finds a stack's state: a stack that looks elsewhere creates everything again. */
const STATE = { address: "terraform.backend", by: ["bucket", "key", "region"] } as const;

/** Identities by address, by stack: one release's, of one folder of account files. */
export type ReleaseRecord = Readonly<Record<string, Readonly<Record<string, string>>>>;

type Arguments = Readonly<Record<string, unknown>>;

interface StackJson {
  readonly terraform: { readonly backend: { readonly s3?: Arguments } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

/** Something that the newer code would delete or replace. */
export interface Loss {
  readonly stack: string;
  readonly address: string;
  readonly identity: string;
}

/** The stacks in a folder, as they are synthesized. */
export function stacksIn(outdir: string): Readonly<Record<string, StackJson>> {
  const { stacks } = readJson(join(outdir, "manifest.json")) as {
    readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
  };
  const files = Object.entries(stacks).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    files.map(([id, { synthesizedStackPath }]) => [id, readJson(join(outdir, synthesizedStackPath)) as StackJson]),
  );
}

/** The record of the stacks that a release synthesizes. */
export function recordOf(stacks: Readonly<Record<string, StackJson>>): ReleaseRecord {
  return Object.fromEntries(
    Object.entries(stacks).map(([id, { terraform, resource = {} }]) => {
      const kept = Object.entries(KEPT).flatMap(([type, by]) =>
        Object.entries(resource[type] ?? {}).map(
          ([name, args]) => [`${type}.${name}`, identityOf(by.map((argument) => args[argument]))] as const,
        ),
      );
      const state = identityOf(STATE.by.map((argument) => terraform.backend.s3?.[argument]));
      return [id, { [STATE.address]: state, ...Object.fromEntries(kept) }];
    }),
  );
}

/** What of a release newer stacks have no more, under its address or the one that a `moved` block names. */
export function lossesOf(release: ReleaseRecord, stacks: Readonly<Record<string, StackJson>>): Loss[] {
  const record = recordOf(stacks);
  return Object.entries(release).flatMap(([stack, identities]) => {
    const moves = new Map((stacks[stack]?.moved ?? []).map(({ from, to }) => [from, to]));
    const isKept = ([address, identity]: readonly [string, string]): boolean =>
      record[stack]?.[moves.get(address) ?? address] === identity;
    const lost = Object.entries(identities).filter((entry) => !isKept(entry));
    return lost.map(([address, identity]) => ({ stack, address, identity }));
  });
}

function identityOf(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === "string" ? value : "")).join(" | ");
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
