import { TerraformDataSource, TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

// A few arguments of one provider: bindings would add 6 MB of an archived package. Spelled as the provider spells them;
// names and types are from the schema of hashicorp/tfe 0.71.0.

/** Arguments that existed in 0.71, where `tfe_workspace_settings` took over sharing and execution mode. */
const TFE_PROVIDER_RANGE = ">= 0.71.0, < 1.0.0";

export type TfeArguments = Readonly<Record<string, unknown>>;

const METADATA = { providerName: "tfe", providerVersionConstraint: TFE_PROVIDER_RANGE };

/** HCP Terraform or Terraform Enterprise. The token comes from `TFE_TOKEN` or `terraform login`, never from here. */
export class TfeProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: { readonly hostname: string; readonly organization: string },
  ) {
    super(scope, id, {
      terraformResourceType: "tfe",
      terraformGeneratorMetadata: METADATA,
      terraformProviderSource: "hashicorp/tfe",
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.config };
  }
}

/** A resource of the provider, such as `tfe_workspace`. */
export class TfeResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: `tfe_${string}`,
    private readonly config: TfeArguments,
  ) {
    super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: METADATA });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.config };
  }
}

/** An existing object, such as a project. */
export class TfeDataSource extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    type: `tfe_${string}`,
    private readonly config: TfeArguments,
  ) {
    super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: METADATA });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.config };
  }
}
