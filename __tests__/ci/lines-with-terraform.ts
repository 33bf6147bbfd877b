/** Steps that e2e/workflows.test.ts runs with real Terraform in a local AWS; all others run-lines.test.ts runs. */
export const LINES_WITH_TERRAFORM: readonly string[] = [
  "pull-request.yml: review: List changed stacks and detections",
  "pull-request.yml: review: Plan the changed stacks",
  "pull-request.yml: review: Summarize",
  "wave.yml: plan: Plan",
  "wave.yml: apply: Plan again and compare with the approved plan",
  "wave.yml: apply: Apply that plan",
  "nightly.yml: drift: Plan",
  "nightly.yml: drift: Fail if a plan has changes",
  "nightly.yml: verify: Synthesize",
  "nightly.yml: verify: Verify",
];
