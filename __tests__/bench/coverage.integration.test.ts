import { incidentAttacks, stratusTechniques } from "../../bench/coverage/attacks";
import { benignRecords, measureNoise } from "../../bench/coverage/benign";
import { isDetected, measureCoverage, OUTCOMES, type MeasuredAttack } from "../../bench/coverage/measure-coverage";
import { measureRules, rulesSeen } from "../../bench/coverage/public-rules";
import { buildApp } from "../../main";
import { loadOrganization } from "../../organization/load";
import { readDeployment } from "../../signals";
import { testApp } from "../support/synth";

// What the shipped example reports of attacks, and of routine work. If a number changes, so does docs/coverage.md.
const app = testApp();
buildApp(loadOrganization("accounts"), app).synth();
const deployment = readDeployment(app.outdir);
const attacked = (() => {
  const account = deployment.accounts.find(({ name }) => name === "workloads-production");
  if (account === undefined) throw new Error("the example has no account 'workloads-production'");
  return account.id;
})();

const techniques = stratusTechniques();
const routine = benignRecords();
if (techniques === undefined || routine === undefined) {
  process.stderr.write("Not compared with published attacks: ../shared/cloudtrail was not found.\n");
}

function outcomes(measured: readonly MeasuredAttack[]): Record<string, number> {
  const entries = OUTCOMES.map((one) => [one, measured.filter(({ outcome }) => outcome === one).length] as const);
  return Object.fromEntries(entries.filter(([, count]) => count > 0));
}

const undetected = (measured: readonly MeasuredAttack[]): string[] =>
  measured.filter((one) => !isDetected(one)).map(({ attack, outcome }) => `${attack.name}: ${outcome}`);

(techniques === undefined ? describe.skip : describe)("techniques of Stratus Red Team", () => {
  const measured = measureCoverage(deployment, techniques ?? []);
  const ofKind = (wanted: string) => measured.filter(({ attack }) => attack.kind === wanted);

  test("all that are rare in routine work but one raise an alarm", () => {
    const counted = ofKind("high-signal");
    expect(counted).toHaveLength(34);
    expect(undetected(counted)).toEqual([
      "aws.exfiltration.ec2-security-group-open-port-22-ingress: notice of pack cis only",
    ]);
    expect(outcomes(counted)).toEqual({ page: 22, notice: 11, "notice of pack cis only": 1 });
  });

  test("enumeration that is denied pages", () => {
    expect(outcomes(ofKind("enumeration"))).toEqual({ page: 1 });
  });
});

test("calls that are known from incidents", () => {
  const measured = measureCoverage(deployment, incidentAttacks(attacked, "eu-west-1"));
  expect(undetected(measured)).toEqual([
    "iam:DeleteUser: missed",
    "iam:DeleteLoginProfile: missed",
    "iam:AddRoleToInstanceProfile: missed",
    "ec2:DeleteSnapshot: missed",
    "s3:DeleteBucket: missed",
    "iam:DeleteAccessKey: missed",
    "ec2:CreateNetworkAclEntry: notice of pack cis only",
    "ec2:SharedSnapshotCopyInitiated: missed",
    "ec2:SharedSnapshotVolumeCreated: missed",
    "ec2:TerminateInstances: missed",
    "ec2:DeleteVolume: missed",
    "autoscaling:CreateAutoScalingGroup: missed",
    "lightsail:CreateInstances: missed",
    "rds:ModifyActivityStream: missed",
    "agreement-marketplace:AcceptAgreementRequest: missed",
    "ses:DeleteIdentity: missed",
    "route53domains:RegisterDomain: missed",
    "sqs:PurgeQueue: missed",
    "transfer:CreateServer: missed",
    "support:CreateCase: missed",
  ]);
  expect(outcomes(measured)).toEqual({ page: 68, notice: 55, "notice of pack cis only": 1, missed: 19 });
});

test("public rules", () => {
  // In full, in part, missed, and not expressible.
  const counts = measureRules(deployment, attacked, "eu-west-1").map((collection) => [
    collection.name,
    ...(["in full", "in part", "missed", "not expressible"] as const).map((seen) => rulesSeen(collection, seen).length),
  ]);
  expect(counts).toEqual([
    ["Sigma", 12, 3, 1, 0],
    ["Panther", 22, 4, 3, 8],
    ["Elastic", 44, 5, 3, 17],
  ]);
});

(routine === undefined ? test.skip : test)("alarms in an hour of routine work of one account", () => {
  const { detections } = measureNoise(deployment, attacked, routine ?? []);
  const alarming = detections.filter(({ alarms }) => alarms > 0);
  expect(alarming.map(({ detection, alarms }) => `${detection}: ${alarms}`)).toEqual([
    "management/cis-4-13-route-table-changes: 1",
    "workloads-production/database-protection-removed: 1",
    "workloads-production/log-group-deleted: 1",
    "workloads-production/machine-image-destroyed: 1",
  ]);
});
