import { ownNames } from "../../../lib/naming/own-names";
import { jsonText } from "../../../lib/support/json-text";
import { readStackSummaries } from "../../../lib/terraform/read/read-stacks";
import { workspaceStateOf } from "../../../organization/resolve/state";
import { readersByWorkspace } from "../../../stacks/state-readers";
import { workspaceOf } from "../../../stacks/workspace";
import { loadAccounts } from "../../load-accounts";
import { printLines } from "../../../lib/support/print";
import { workspacesText } from "./text";
import { readRegularFile } from "../../../lib/support/regular-file";

export interface WorkspacesOptions {
  readonly accounts: string;
  readonly out: string;
  readonly json: boolean;
}

/** Prints the workspaces that the synthesized stacks need. */
export function showWorkspaces({ accounts, out, json }: WorkspacesOptions): void {
  const { organization } = loadAccounts(accounts);
  const state = workspaceStateOf(organization.state);
  if (state === undefined) {
    throw new Error(
      `'state.backend' must be cloud for stacks to have workspaces, got '${organization.state.backend}' (docs/hcp-terraform.md)`,
    );
  }
  const stacks = synthesizedStacks(out);
  const readers = readersByWorkspace(stacks);
  const { hostname, organization: name } = state;
  const shown = {
    hostname,
    organization: name,
    workspaces: stacks.map(([stackId]) =>
      workspaceOf(organization, state, {
        stackId,
        readers: readers.get(ownNames(organization.names).workspaceName(stackId)) ?? [],
      }),
    ),
  };
  printLines(json ? [jsonText(shown)] : workspacesText(shown));
}

/** Id and JSON of each stack. */
function synthesizedStacks(folder: string): (readonly [id: string, json: unknown])[] {
  return readStackSummaries(folder).map(({ id, file }) => {
    const json = JSON.parse(readRegularFile(file)) as { readonly terraform?: { readonly cloud?: unknown } };
    if (json.terraform?.cloud !== undefined) return [id, json];
    throw new Error(
      `'${folder}' must be synthesized with state.backend cloud, and '${id}' was not: run npx cdktf synth`,
    );
  });
}
