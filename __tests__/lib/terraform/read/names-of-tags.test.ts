import { stacksOfPlan } from "../../../../lib/terraform/read/plan";
import { stackOfTerraformJson } from "../../../../lib/terraform/read/terraform-json";

const TAGS = { "team:stack": "mine", owner: "security", "secwatch:stack": "monitoring-payments" };
const provider = (tags: object) => ({
  provider: { aws: [{ allowed_account_ids: ["111111111111"], region: "eu-west-1", default_tags: [{ tags }] }] },
});

test("the tag of a stack's provider shows what the names of its resources derive from", () => {
  expect(stackOfTerraformJson(provider(TAGS), "cdk.tf.json").names).toEqual({ prefix: "secwatch" });
  expect(stackOfTerraformJson(provider({ "trailwatch:stack": "a" }), "cdk.tf.json").names).toEqual({
    prefix: "trailwatch",
  });
  expect(stackOfTerraformJson(provider({ owner: "security" }), "cdk.tf.json").names).toBeUndefined();
});

test("also in a plan", () => {
  const expressions = {
    allowed_account_ids: { constant_value: ["111111111111"] },
    region: { constant_value: "eu-west-1" },
    default_tags: [{ tags: { constant_value: TAGS } }],
  };
  const topic = { address: "aws_sns_topic.it", mode: "managed", type: "aws_sns_topic", name: "it" };
  const [stack] = stacksOfPlan(
    {
      format_version: "1.2",
      planned_values: { root_module: { resources: [{ ...topic, values: { name: "secwatch-alerts" } }] } },
      configuration: {
        provider_config: { aws: { name: "aws", expressions } },
        root_module: { resources: [{ ...topic, provider_config_key: "aws", expressions: {} }] },
      },
    },
    "plan.json",
  );
  expect(stack).toMatchObject({ accountId: "111111111111", names: { prefix: "secwatch" } });
});
