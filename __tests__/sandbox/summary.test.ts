import { awsCommandLine, summaryTable } from "../../sandbox/summary";

test("summaryTable lines its columns up", () => {
  const rows = [
    { stack: "log-archive", account: "log-archive", resources: 18, seconds: 60 },
    { stack: "organization-trail", account: "management", resources: 7, seconds: 3 },
  ];
  expect(summaryTable(rows)).toBe(
    [
      "stack               account      resources  seconds",
      "log-archive         log-archive         18       60",
      "organization-trail  management           7        3",
    ].join("\n"),
  );
});

test("awsCommandLine can be pasted into another terminal", () => {
  const env = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "secret",
    PATH: "/bin",
  };
  expect(awsCommandLine(env, "sts get-caller-identity")).toBe(
    "AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=id AWS_SECRET_ACCESS_KEY=secret " +
      "aws sts get-caller-identity",
  );
});
