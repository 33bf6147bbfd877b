/** @jest-environment-options {"modules": "own"} */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { accountNamed } from "../../organization/organization";
import { errorResponse } from "../../sandbox/proxy/aws-error";
import { jsonOf, withBody, type Shim } from "../../sandbox/proxy/shim";
import { HOPS_WITH_HUB, readDeployment } from "../../signals";
import { openAccess } from "../../verification/aws/access";
import { readExpected } from "../../verification/expected/read-expected";
import { leastPrivilege } from "../../verification/least-privilege";
import { exitCode, type Report } from "../../verification/report";
import { waitingClock } from "../../verification/live/clock";
import { proveLive, type LiveOptions } from "../../verification/live/live";
import { proveNotification } from "../../verification/live/notify";
import { verify, type VerifyOptions } from "../../verification/verify";
import { FAULTS } from "./support/faults";
import { FURTHER_FAULTS } from "./support/further-faults";
import { HUB_ACCOUNT, MEMBER, openGarden, type Garden } from "./support/garden";
import { HUB_FAULTS } from "./support/hub-faults";
import { actionOf } from "./support/remembered-answers";
import { WITNESS_FAULTS } from "./support/witness-faults";

// One organization in a local AWS for all tests, without Terraform. Each test breaks one thing and repairs it again.

const HOUR = 60 * 60_000;
const ENVIRONMENT = { ...process.env };

let garden: Garden;

beforeAll(async () => {
  garden = await openGarden();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: garden.endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIATRAILWATCHSANDBX",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_MAX_ATTEMPTS: "2",
  });
}, 180_000);

afterAll(async () => {
  process.env = ENVIRONMENT;
  await garden.stop();
});

test("an unchanged deployment is proven in every account", async () => {
  const report = await verified(garden.sandbox.organization.accounts.map(({ name }) => name));
  expect(notProven(report)).toEqual([]);
  expect(exitCode(report)).toBe(0);
  const hops = report.sections.map(({ name, results }) => [name, [...new Set(results.map(({ hop }) => hop))]]);
  expect(Object.fromEntries(hops)).toMatchObject({
    organization: ["CloudTrail", "feed"],
    [MEMBER]: HOPS_WITH_HUB.filter((hop) => hop !== "CloudTrail"),
    [HUB_ACCOUNT]: HOPS_WITH_HUB.filter((hop) => hop !== "CloudTrail" && hop !== "API call"),
    payments: HOPS_WITH_HUB,
  });
});

test("the calls made are exactly those that the least privilege allows", () => {
  const { organization } = garden.sandbox;
  const { Statement } = leastPrivilege({ organization, live: false, notify: false });
  const allowed = new Set(Statement.flatMap(({ Action }) => Action));
  const called = calledActions();
  // Only a pending subscription makes it look for its age, and only a digest that was due for its execution.
  expect([...allowed].filter((action) => !called.has(action)).sort()).toEqual([
    "cloudtrail:LookupEvents",
    "states:GetExecutionHistory",
    "states:ListExecutions",
  ]);
  expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
});

describe.each([...FAULTS, ...HUB_FAULTS, ...WITNESS_FAULTS, ...FURTHER_FAULTS])("$name", ({ plant, blamed }) => {
  test("is the only reported failure", () =>
    garden.answers.whileChanged(async () => {
      const repair = await plant(garden);
      try {
        const report = await verified([blamed.section === HUB_ACCOUNT ? HUB_ACCOUNT : MEMBER]);
        expect(failures(report)).toEqual([{ ...blamed, seen: expect.stringMatching(blamed.seen) as string }]);
        expect(exitCode(report)).toBe(1);
      } finally {
        await repair();
      }
    }));
});

test("all is proven again after the last fault", async () => {
  garden.answers.forget();
  expect(notProven(await verified([MEMBER, HUB_ACCOUNT]))).toEqual([]);
});

describe("what a local AWS cannot show", () => {
  const seconds = (ago: number): number => Math.floor((Date.now() - ago) / 1000);
  const onOrganizationTrail = (check: string) => ({
    section: "organization",
    check: `trail trailwatch-organization ${check}`,
  });

  test("deliveries that lag by two hours are reported, by less are not", async () => {
    await withFault(status({ LatestDeliveryTime: seconds(2 * HOUR + 60_000) }), async () => {
      // The trail of data events has the same result here: it may have no event for hours.
      expect(failures(await verified([MEMBER]))).toEqual([
        expect.objectContaining({
          ...onOrganizationTrail("delivers to the archive"),
          seen: "last delivery 2 hours ago",
        }),
      ]);
    });
    await withFault(status({ LatestDeliveryTime: seconds(2 * HOUR - 60_000) }), async () => {
      expect(failures(await verified([MEMBER]))).toEqual([]);
    });
  });

  test("an error of the last delivery to CloudWatch Logs is reported instead of the lag", async () => {
    const fault = status({
      LatestCloudWatchLogsDeliveryError: "AccessDenied",
      LatestCloudWatchLogsDeliveryTime: seconds(9 * HOUR),
    });
    await withFault(fault, async () => {
      expect(failures(await verified([MEMBER]))).toEqual([
        expect.objectContaining({
          ...onOrganizationTrail("delivers to /trailwatch/management/organization-trail"),
          hop: "feed",
          seen: "last delivery: AccessDenied",
        }),
      ]);
    });
  });

  test("throttling that outlasts the retries leaves a check unknown: exit code 2", async () => {
    const fault = refusing("secretsmanager", "DescribeSecret", "ThrottlingException", "Rate exceeded");
    await withFault(fault, async () => {
      const report = await verified([MEMBER]);
      expect(notProven(report)).toEqual([
        expect.objectContaining({
          check: "secret MyProjectSecrets",
          status: "unknown",
          reason: expect.stringMatching(
            /^secretsmanager:DescribeSecret was not answered: AWS throttles these calls/,
          ) as string,
        }),
      ]);
      expect(exitCode(report)).toBe(2);
    });
  });

  test("a refused call leaves its checks unknown, and names the action that is missing", async () => {
    const fault = refusing("logs", "DescribeMetricFilters", "AccessDeniedException", "not authorized");
    await withFault(fault, async () => {
      const report = await verified([MEMBER]);
      const checks = ["quota of metric filters in /aws/events/trailwatch", "metric filters of /aws/events/trailwatch"];
      const found = { status: "unknown", missingAction: "logs:DescribeMetricFilters" };
      expect(notProven(report)).toMatchObject(checks.map((check) => ({ check, ...found })));
      expect(exitCode(report)).toBe(2);
    });
  });

  test("a failure takes precedence over an unknown result", async () => {
    await withFault(refusing("logs", "DescribeMetricFilters", "AccessDeniedException", "no"), async () => {
      await withFault(status({ LatestDeliveryError: "NoSuchBucket" }), async () => {
        expect(exitCode(await verified([MEMBER]))).toBe(1);
      });
    });
  });

  test("an account whose role cannot be assumed is one unknown, and the others are proven", async () => {
    await withFault(
      refusing("sts", "AssumeRole", "AccessDenied", "not authorized to perform: sts:AssumeRole"),
      async () => {
        const report = await verified(["management"]);
        expect(notProven(report)).toEqual([
          expect.objectContaining({
            section: "organization",
            check: "access to log-archive",
            missingAction: "sts:AssumeRole",
          }),
        ]);
      },
    );
  });

  test("a missing heartbeat is reported if all other checks are proven", async () => {
    const later = Date.now() + 3 * HOUR;
    await withFault(
      status({ LatestDeliveryTime: later / 1000, LatestCloudWatchLogsDeliveryTime: later / 1000 }),
      async () => {
        expect(failures(await verified([MEMBER], { now: () => later }))).toEqual([
          expect.objectContaining({
            section: MEMBER,
            hop: "metric",
            check: "heartbeat",
            seen: "last beat 3 hours ago",
          }),
        ]);
      },
    );
  });
});

test("a deployment to another region is one failure", async () => {
  const folder = `${garden.deployment}-elsewhere`;
  cpSync(garden.deployment, folder, { recursive: true });
  const file = join(folder, "stacks", `monitoring-${MEMBER}`, "cdk.tf.json");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("eu-west-1", "eu-north-1"));
  try {
    expect(failures(await verified([MEMBER], { deployment: folder }))).toEqual([
      {
        section: MEMBER,
        hop: "feed",
        check: "deployed in its home region",
        seen: "nothing in eu-north-1, alarms in eu-west-1",
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("live, while the sandbox delivers events", () => {
  const live: LiveOptions = {
    clock: waitingClock(new AbortController().signal),
    onProgress: () => undefined,
    onRead: () => undefined,
    anyNumber: false,
    timeout: 20_000,
  };

  beforeAll(async () => {
    garden.answers.end();
    await garden.sandbox.signalPath.start();
  });

  test("a read is followed to the notification, and a test message is sent to each topic", async () => {
    const alarms = () => garden.clients(MEMBER).cloudWatch.send(new DescribeAlarmsCommand({}));
    // The guard notices that an alarm was set by hand, as it should.
    const states = async () =>
      (await alarms()).MetricAlarms?.map(({ AlarmName = "", StateValue }) => [AlarmName, StateValue]).filter(
        ([name]) => name !== `trailwatch-${MEMBER}-alarm-changed`,
      );
    const before = await states();
    const tested = await verified([MEMBER], { actively: (subject) => proveNotification(subject, live) });
    expect(notProven(tested)).toEqual([]);
    expect(tested.sections.at(-1)?.results.map(({ check }) => check)).toEqual([
      "test message to trailwatch-alerts",
      "test message to trailwatch-notices",
    ]);
    expect(await states()).toEqual(before);

    const report = await verified([MEMBER], { actively: (subject, hub) => proveLive(subject, { ...live, hub }) });
    expect(notProven(report)).toEqual([]);
    expect(report.sections.at(-1)?.results.map(({ hop }) => hop)).toEqual(
      HOPS_WITH_HUB.filter((hop) => !["feed", "forwarding", "subscriber"].includes(hop)).flatMap((hop) =>
        hop === "alert hub" ? [hop, hop, hop] : [hop],
      ),
    );
    expect(report.sections.at(-1)?.results.find(({ check }) => check.startsWith("the message says"))?.seen).toMatch(
      /^3 events, by trailwatch-verify \(assumed-role\/OrganizationAccountAccessRole\)$/,
    );
  });

  test("by the alert hub the same read became one mail that says what a person needs", () => {
    const { mailbox, organization } = garden.sandbox;
    // A mail of the account's own topic has CloudWatch's subject; one of '--notify' has no events.
    const mails = mailbox
      .messages()
      .filter(({ subject }) => subject.startsWith(`[HIGH] ${MEMBER}: MyProjectSecrets read`));
    expect(mails.map(({ subject, to }) => `${to}: ${subject}`)).toEqual([
      `security-alerts@example.com: [HIGH] ${MEMBER}: MyProjectSecrets read 3 times by trailwatch-verify`,
    ]);
    const { id } = accountNamed(organization, MEMBER);
    for (const part of [
      `Account: ${MEMBER} (${id})`,
      "by trailwatch-verify (assumed-role/OrganizationAccountAccessRole)",
      "GetSecretValue (secretsmanager) on MyProjectSecrets",
      "/watched-secret-reads.md",
      `Alarm's name: trailwatch-${MEMBER}-watched-secret-reads in eu-west-1`,
    ]) {
      expect(mails[0]?.text).toContain(part);
    }
  });

  test("an alarm that is in ALARM already leaves its change unknown", async () => {
    const report = await verified([MEMBER], { actively: (subject, hub) => proveLive(subject, { ...live, hub }) });
    expect(notProven(report)).toEqual([
      expect.objectContaining({
        hop: "alarm",
        status: "unknown",
        seen: expect.stringContaining("is in ALARM since") as string,
      }),
    ]);
  });

  test("nothing is read where a check failed", async () => {
    const callsBefore = garden.calls.length;
    await withFault(status({ LatestDeliveryError: "AccessDenied" }), async () => {
      const report = await verified([MEMBER], { actively: (subject, hub) => proveLive(subject, { ...live, hub }) });
      expect(report.sections.at(-1)?.results).toMatchObject([{ check: "the whole path", status: "unknown" }]);
    });
    expect(garden.calls.slice(callsBefore).filter(({ call }) => call.operation === "GetSecretValue")).toEqual([]);
  });

  test("the calls made, with --live too, are all that the least privilege allows", () => {
    const { organization } = garden.sandbox;
    const { Statement } = leastPrivilege({ organization, live: true, notify: true });
    const allowed = new Set(Statement.flatMap(({ Action }) => Action));
    expect([...calledActions()].filter((action) => !allowed.has(action))).toEqual([]);
    // Secrets Manager decrypts for the caller.
    expect([...allowed].filter((action) => !calledActions().has(action))).toEqual(["kms:Decrypt"]);
  });
});

interface Settings {
  readonly actively?: VerifyOptions["actively"];
  readonly now?: () => number;
  readonly deployment?: string;
}

async function verified(accounts: readonly string[], settings: Settings = {}): Promise<Report> {
  const { organization } = garden.sandbox;
  const { now = Date.now, deployment = garden.deployment, actively } = settings;
  // A trail in a local AWS delivers nothing yet; here it has just done so.
  return withFault(
    status({}),
    async () =>
      verify({
        organization,
        expected: expectedOf(deployment),
        accounts: accounts.map((name) => accountNamed(organization, name)),
        access: garden.answers.remembering(await openAccess({ organization })),
        now,
        actively,
      }),
    "last",
  );
}

/** Read once for each deployment: it takes as long as some of the calls. */
const EXPECTED = new Map<string, VerifyOptions["expected"]>();

function expectedOf(deployment: string): VerifyOptions["expected"] {
  const expected =
    EXPECTED.get(deployment) ?? readExpected(deployment, readDeployment(deployment), garden.sandbox.organization);
  EXPECTED.set(deployment, expected);
  return expected;
}

/** Changes what is answered of every trail's deliveries. */
function status(changes: object): Shim {
  return repaired("cloudtrail", "GetTrailStatus", async (request, send) => {
    const response = await send(request);
    return withBody(response, JSON.stringify({ ...jsonOf(response), ...deliveredNow(), ...changes }));
  });
}

function deliveredNow(): object {
  const now = Math.floor(Date.now() / 1000);
  return { LatestDeliveryTime: now, LatestCloudWatchLogsDeliveryTime: now };
}

/** IAM's names of the calls made so far. */
function calledActions(): Set<string> {
  const actions = garden.calls.map(({ call }) => actionOf(call));
  // GetCallerIdentity needs no permission.
  return new Set(actions.filter((action) => action !== "sts:GetCallerIdentity"));
}

function failures(report: Report): object[] {
  return report.sections.flatMap(({ name, results }) =>
    results
      .filter(({ status }) => status === "failed")
      .map(({ hop, check, seen }) => ({ section: name, hop, check, seen })),
  );
}

function notProven(report: Report): object[] {
  return report.sections.flatMap(({ name, results }) =>
    results.filter(({ status }) => status !== "proven").map((result) => ({ section: name, ...result })),
  );
}

async function withFault<T>(fault: Shim, work: () => Promise<T>, place: "first" | "last" = "first"): Promise<T> {
  if (place === "first") garden.faults.unshift(fault);
  else garden.faults.push(fault);
  try {
    return await work();
  } finally {
    garden.faults.splice(garden.faults.indexOf(fault), 1);
  }
}

function repaired(service: string, operation: string, answer: Shim["answer"]): Shim {
  return { service, operations: [operation], why: "planted", does: "breaks", answer };
}

function refusing(service: string, operation: string, code: string, message: string): Shim {
  return repaired(service, operation, (_request, _send, call) =>
    Promise.resolve(errorResponse(call.protocol, { code, message })),
  );
}
