import { principalName, shortPrincipalName } from "../../../lib/naming/principal-name";

test.each([
  ["arn:aws:sts::111122223333:assumed-role/Developer/alice", "alice (assumed-role/Developer)"],
  ["arn:aws-cn:sts::111122223333:assumed-role/aws:ec2-instance/i-0e", "i-0e (assumed-role/aws:ec2-instance)"],
  ["arn:aws:iam::111122223333:user/division/bob", "bob (user)"],
  ["arn:aws:iam::111122223333:root", "root"],
  ["arn:aws:iam::111122223333:role/service/Deploy", "Deploy (role)"],
  ["arn:aws:sts::111122223333:federated-user/carol", "carol (federated-user)"],
  ["arn:aws:sts::111122223333:assumed-role/", "arn:aws:sts::111122223333:assumed-role/"],
  ["s3.amazonaws.com", "s3.amazonaws.com"],
  ["unknown", "unknown"],
])("%s is called %s", (principal, name) => {
  expect(principalName(principal)).toBe(name);
});

test("a longer name than a session's is cut", () => {
  const session = `arn:aws:sts::1:assumed-role/${"r".repeat(64)}/${"s".repeat(64)}`;
  expect(shortPrincipalName(session)).toBe(principalName(session));
  expect(shortPrincipalName("x".repeat(5000))).toBe(`${"x".repeat(160)}…`);
});
