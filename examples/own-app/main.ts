import { App } from "cdktf";
import { SecurityStack } from "./security-stack";

const app = new App();
new SecurityStack(app, "security", {
  accountId: "111122223333",
  organizationId: "o-exampleorgid",
  region: "eu-west-1",
  archiveBucket: "company-cloudtrail-logs",
  emails: ["security@example.com"],
});
app.synth();
