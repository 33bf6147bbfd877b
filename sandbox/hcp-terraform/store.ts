import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFile } from "../../lib/support/write-file";
import type {
  Assessment,
  ConfigurationVersion,
  Project,
  StateVersion,
  Variable,
  VariableSet,
  WorkspaceRecord,
} from "./records";
import type { RunRecord } from "./runs/run-record";

/** What is kept, one list per kind, the oldest first. */
interface Records {
  readonly projects: Project;
  readonly workspaces: WorkspaceRecord;
  readonly variables: Variable;
  readonly variableSets: VariableSet;
  readonly stateVersions: StateVersion;
  readonly configurationVersions: ConfigurationVersion;
  readonly runs: RunRecord;
  readonly assessments: Assessment;
}

type Kind = keyof Records;

/** How ids of each kind begin. Source: HCP Terraform's API documentation, examples. */
const PREFIXES: Readonly<Record<Kind, string>> = {
  projects: "prj",
  workspaces: "ws",
  variables: "var",
  variableSets: "varset",
  stateVersions: "sv",
  configurationVersions: "cv",
  runs: "run",
  assessments: "asmtres",
};

/** Everything that the stand-in knows, in a folder: it is there again after a restart. */
export class Store {
  private readonly lists: { [K in Kind]: Map<string, Records[K]> };

  constructor(private readonly folder: string) {
    mkdirSync(join(folder, "objects"), { recursive: true, mode: 0o700 });
    const saved = existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, "utf8")) as { [K in Kind]: Records[K][] })
      : undefined;
    const list = <K extends Kind>(kind: K) => new Map((saved?.[kind] ?? []).map((record) => [record.id, record]));
    this.lists = {
      projects: list("projects"),
      workspaces: list("workspaces"),
      variables: list("variables"),
      variableSets: list("variableSets"),
      stateVersions: list("stateVersions"),
      configurationVersions: list("configurationVersions"),
      runs: list("runs"),
      assessments: list("assessments"),
    };
  }

  /** A new id of a kind. */
  public newId(kind: Kind): string {
    return `${PREFIXES[kind]}-${unguessableName().slice(0, 16)}`;
  }

  public all<K extends Kind>(kind: K): Records[K][] {
    return [...this.lists[kind].values()];
  }

  public find<K extends Kind>(kind: K, id: string): Records[K] | undefined {
    return this.lists[kind].get(id);
  }

  /** Adds a record, or replaces the one with its id. */
  public put<K extends Kind>(kind: K, record: Records[K]): Records[K] {
    this.lists[kind].set(record.id, record);
    this.save();
    return record;
  }

  /** Changes some properties of a record that exists. */
  public change<K extends Kind>(kind: K, id: string, changes: Partial<Records[K]>): Records[K] {
    const present = this.find(kind, id);
    if (present === undefined) throw new TypeError(`no ${kind} ${id}`);
    return this.put(kind, { ...present, ...changes });
  }

  public remove(kind: Kind, id: string): void {
    this.lists[kind].delete(id);
    this.save();
  }

  /** Path of an object: an uploaded archive, a state or a log. */
  public objectPath(name: string): string {
    return join(this.folder, "objects", name);
  }

  /** A folder of a run, for its configuration. */
  public runFolder(runId: string): string {
    return join(this.folder, "runs", runId);
  }

  private get file(): string {
    return join(this.folder, "records.json");
  }

  private save(): void {
    const lists = Object.fromEntries(Object.entries(this.lists).map(([kind, list]) => [kind, [...list.values()]]));
    writeFile(this.file, JSON.stringify(lists), { mode: 0o600 });
  }
}

/** A name that cannot be guessed: its holder needs no token, as with HCP Terraform's own upload and download URLs. */
export function unguessableName(): string {
  return randomBytes(24)
    .toString("base64url")
    .replace(/[^A-Za-z0-9]/g, "x");
}
