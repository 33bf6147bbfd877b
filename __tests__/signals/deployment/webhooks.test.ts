import { readStacks } from "../../../lib/terraform/read/read-stacks";
import { StackReader } from "../../../lib/terraform/read/stack-reader";
import { readWebhooks } from "../../../signals/deployment/read-alert-hub";
import { AlertHubStack } from "../../../stacks/alert-hub-stack";
import { testOrganization } from "../../support/organization";
import { testApp } from "../../support/synth";

test("a webhook is a subscriber of its topics only", () => {
  const organization = testOrganization({
    alertHub: {
      account: "log-archive",
      webhooks: [
        { name: "pager", url: "https://example.com/pager", topics: ["alerts"] },
        { name: "siem", url: "https://example.com/siem" },
      ],
    },
  });
  const app = testApp();
  if (organization.alertHub !== undefined) {
    new AlertHubStack(app, "alert-hub", { organization, alertHub: organization.alertHub });
  }
  app.synth();
  const found = readStacks(app.outdir).flatMap((stack) =>
    readWebhooks(new StackReader(stack, []), { alert: "alerts", notice: "notices" }),
  );
  const protocol = "webhook";
  expect(found).toEqual(
    expect.arrayContaining([
      { topicArn: "alerts", protocol, endpoint: "https://example.com/pager" },
      { topicArn: "alerts", protocol, endpoint: "https://example.com/siem" },
      { topicArn: "notices", protocol, endpoint: "https://example.com/siem" },
    ]),
  );
  expect(found).toHaveLength(3);
});
