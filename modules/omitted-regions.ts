import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { OMITTED_REGIONS } from "../lib/terraform/read/existing";

/**
 * Notes where nothing is deployed, and why, in a resource of Terraform's own that deploys nothing: `blindspots` accepts
 * what is not seen there.
 *
 * @param reasons by region
 */
export function noteOmittedRegions(scope: Construct, reasons: Readonly<Record<string, string>>): void {
  const note = new TerraformResource(scope, "omitted-regions", { terraformResourceType: OMITTED_REGIONS.type });
  note.overrideLogicalId(OMITTED_REGIONS.id);
  note.addOverride("input", reasons);
}
