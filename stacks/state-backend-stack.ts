import type { Construct } from "constructs";
import { StateBucket } from "../modules/state-bucket/state-bucket";
import { accountNamed, type Organization } from "../organization/organization";
import type { OwnState } from "../organization/resolve/state";
import { AccountStack } from "./account-stack";

export interface StateBackendStackProps {
  /** The organization. */
  readonly organization: Organization;
  /** The part of `organization.yaml` that names the bucket and its account. */
  readonly state: OwnState;
}

/** A bucket that Trailwatch creates for every stack's state, including its own: `npm run bootstrap` creates it and moves its state there. */
export class StateBackendStack extends AccountStack {
  constructor(scope: Construct, id: string, props: StateBackendStackProps) {
    const { organization, state } = props;
    super(scope, id, { organization, account: accountNamed(organization, state.account) });

    new StateBucket(this, "state", {
      bucketName: state.bucket,
      accountId: this.account.id,
      keyAlias: this.own.stateKeyAlias,
      region: organization.homeRegion,
      organizationId: organization.id,
      breakGlassRole: state.breakGlassRole,
    });
  }
}
