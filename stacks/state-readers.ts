/** Appears in Terraform's JSON when a stack reads another's state in HCP Terraform. */
interface RemoteStates {
  readonly data?: {
    readonly terraform_remote_state?: Readonly<
      Record<string, { readonly config?: { readonly workspaces?: { readonly name?: string } } }>
    >;
  };
}

/** Ids of the stacks that read the state in each workspace, sorted; from the id and the JSON of each stack. */
export function readersByWorkspace(stacks: Iterable<readonly [id: string, json: unknown]>): Map<string, string[]> {
  const readers = new Map<string, Set<string>>();
  for (const [id, json] of stacks) {
    for (const { config } of Object.values((json as RemoteStates).data?.terraform_remote_state ?? {})) {
      const name = config?.workspaces?.name;
      if (name !== undefined) readers.set(name, (readers.get(name) ?? new Set()).add(id));
    }
  }
  return new Map([...readers].map(([name, ids]) => [name, [...ids].sort()]));
}
