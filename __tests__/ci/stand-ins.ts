import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Every plan changes one resource, every apply succeeds. */
const TERRAFORM = `#!/usr/bin/env bash
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  plan)
    touch saved.tfplan
    printf '\\n  # aws_kms_key.key will be updated in-place\\n\\nPlan: 0 to add, 1 to change, 0 to destroy.\\n'
    exit 2 ;;
  show) echo '{"resource_changes":[{"address":"aws_kms_key.key","type":"aws_kms_key","change":{"actions":["update"]}}]}' ;;
esac
`;

/** Records its arguments; the files named in its environment are its output. */
const GH = `#!/usr/bin/env bash
echo "$*" >> "$STUB_GH_CALLS"
case "$*" in
  "run list"*) printf %s "\${STUB_GH_SINCE:-}" ;;
  *--paginate*) printf %s "\${STUB_GH_COMMENT:-}" ;;
esac
`;

/** Does nothing where npm would install packages, or run the tests that are running now. */
const NPM = `#!/usr/bin/env bash
echo "$*" >> "$STUB_NPM_CALLS"
if [ "$*" = "run synth" ]; then CDKTF_OUTDIR=cdktf.out exec node scripts/synth.mjs; fi
`;

/** Writes programs that stand in for GitHub's CLI, npm and Terraform, and the variables by which they are found, and record their arguments. */
export function writeStandIns(folder: string): Readonly<Record<string, string>> {
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ "terraform-stand-in": TERRAFORM, gh: GH, npm: NPM })) {
    writeFileSync(join(folder, name), text, { mode: 0o755 });
  }
  return {
    TERRAFORM_BINARY_NAME: join(folder, "terraform-stand-in"),
    STUB_GH_CALLS: join(folder, "gh-calls"),
    STUB_NPM_CALLS: join(folder, "npm-calls"),
  };
}
