/** Settings of organization.yaml that put state and runs into HCP Terraform. */
export interface CloudSettings {
  /** Name of the account by which runs enter, unless `deployment` names one. */
  readonly entryAccount: string;
  readonly state: {
    readonly backend: "cloud";
    readonly hostname: string;
    readonly organization: string;
    readonly project: string;
    readonly executionMode: "remote" | "local";
    readonly manageWorkspaces: true;
  };
}

/** Names in the stand-in. */
export const CLOUD_NAMES = { organization: "sandbox", project: "security" } as const;
