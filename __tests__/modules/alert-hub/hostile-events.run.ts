import { stateMachine } from "../../../modules/alert-hub/state-machine";
import { runStateMachine } from "../../../sandbox/signal-path/alert-hub/state-machine";
import { Hostile } from "../../support/hostile-events";
import { KNOWN } from "../../support/known-alarms";

/** Chat messages are evaluated by an expression of their own: for every so many events. */
const EVERY = 5;

/** Source: Step Functions Developer Guide, "Service quotas". */
const MAX_INPUT_BYTES = 256 * 1024;

const TOPICS = { alerts: "alerts", notices: "notices" };
/** The machine; `find` answers for its other machine. */
function definition(chatTopicArn?: string): string {
  return JSON.stringify(
    stateMachine({
      known: KNOWN,
      topics: TOPICS,
      chatTopicArn,
      detailsMachineArn: "details",
      repeatsTable: "repeats",
      undeliveredUrl: "queue",
    }),
  );
}
const MACHINE = definition();
const WITH_CHAT = definition("chat");

/** Everything that is wrong with what the hub published for an event. */
function faults(event: unknown, calls: readonly Readonly<Record<string, unknown>>[]): string[] {
  const [sent, ...chat] = calls;
  const { TopicArn, Subject = "", Message = "{}" } = sent as Record<string, string>;
  const { default: text = "", https = "" } = JSON.parse(Message) as Record<string, string>;
  const [own = "", ...quoted] = text.split("\n\nText of the alarm, as the account sent it, with links disabled:\n");
  const [sentence = "", ...lines] = own.split("\n");
  const isUnknown = Subject.includes(": Unknown alarm ");
  const { account, detail } = (event ?? {}) as { account?: unknown; detail?: { alarmName?: unknown } };
  const isNotice =
    (account === "333333333333" && detail?.alarmName === "trailwatch-workloads-own-deployment") ||
    (account === "444444444444" && detail?.alarmName === "trailwatch-payments-own-deployment") ||
    (account === "444444444444" && detail?.alarmName === "trailwatch-payments-watched-secret-reads");
  const wrong: readonly (readonly [string, boolean])[] = [
    ["messages", calls.length > 2 || chat.some((one) => one["TopicArn"] !== "chat" || TopicArn !== "alerts")],
    ["subject", !/^\[(CRITICAL|HIGH|MEDIUM|LOW|OK)\] [ -~]{1,93}$/.test(Subject) || Subject.length > 99],
    ["characters", !/^[\n -~]*$/.test(text) || !/^[ -~]*$/.test(https)],
    ["length", text.length > 20_000],
    ["topic", TopicArn === "notices" ? !isNotice || isUnknown : TopicArn !== "alerts"],
    [
      "sentence",
      !/^(A principal read|Trailwatch's own|It did\.|A value is|No alarm of|The account is not|No heartbeat)|^('.*'|[!-~]+( \(user\))?|an unknown principal)( and | called | read | stopped | signed in| was refused | were refused | failed at )/.test(
        sentence,
      ),
    ],
    ["own lines", !OWN_LINES.test(lines.join("\n"))],
    ["links", (own.match(/:\/\/[^/]*/g) ?? []).some((link) => !LINKS.has(link))],
    ["quoted once", quoted.length > 1 || (isUnknown && quoted.length === 0)],
    ["quoted lines", !(quoted[0] ?? "> ").split("\n").every((line) => line.startsWith("> "))],
    ["quoted links", /:\/\/|\.[A-Za-z]/.test(quoted[0] ?? "")],
  ];
  return wrong.filter(([, isWrong]) => isWrong).map(([what]) => `${what}: ${JSON.stringify(sent)}`);
}

/** The other machine's answer, from the event, after a look at what it is asked for. */
function find(
  args: Readonly<Record<string, unknown>>,
  event: { readonly details: unknown },
  found: string[],
): Promise<object> {
  const { account, namespace, metric, from, to } = JSON.parse(String(args["Input"])) as Record<string, unknown>;
  const span = Number(to) - Number(from);
  const isNumber = typeof from === "number" && typeof to === "number";
  const isKnown = namespace === "" || (typeof account === "string" && account in KNOWN.accounts);
  const isAlarm = namespace === "" || (typeof metric === "string" && metric in KNOWN.alarms);
  if (!isNumber || !isKnown || !isAlarm || span < 0 || span > 24 * 60 * 60 * 1000) {
    found.push(`details: ${String(args["Input"])} for ${JSON.stringify(event)}`);
  }
  return Promise.resolve({ Status: "SUCCEEDED", Output: JSON.stringify(event.details) });
}

/** The hub's lines, in their order. */
const OWN_LINES = new RegExp(
  [
    "^\n(Account: .*\nSeverity: .*\n(Time: .*\n)?(What: .*\n)?\n)",
    "((Event \\d: .*\n( .*\n)*\n)*(There are more events: .*\n\n)?|No details: .*\n.*\n\n)?",
    "(First steps:\n(\\d\\. .*\n)+\n)?",
    "(Runbook: https:.*\n)?(Events: https:.*\n)?Alarm: https:.*\nAlarm's name: .*$",
  ].join(""),
);

const LINKS = new Set(["://example.com", "://eu-west-1.console.aws.amazon.com"]);

async function run(events: number, seed: number): Promise<object> {
  const hostile = new Hostile(seed);
  const found: string[] = [];
  const counts: Record<string, number> = {};
  for (let index = 0; index < events && found.length < 5; index += 1) {
    const event = { ...(hostile.event() as object), details: hostile.details() };
    // Step Functions starts no execution with a larger input.
    if (Buffer.byteLength(JSON.stringify(event)) > MAX_INPUT_BYTES) continue;
    const calls: Readonly<Record<string, unknown>>[] = [];
    const machine = index % EVERY === 0 ? WITH_CHAT : MACHINE;
    const { succeeded, reason } = await runStateMachine(machine, event, (resource, args) => {
      if (resource.includes("dynamodb")) return Promise.resolve({ Attributes: {} });
      if (resource.endsWith("startSyncExecution")) return find(args, event, found);
      const topic = String(args["TopicArn"]);
      counts[topic] = (counts[topic] ?? 0) + 1;
      calls.push(args);
      return Promise.resolve({});
    });
    found.push(...(succeeded ? faults(event, calls) : [`${reason}: ${JSON.stringify(event)}`]));
  }
  return { found, counts };
}

const [events = "0", seed = "0"] = process.argv.slice(2);
void run(Number(events), Number(seed)).then((outcome) => process.stdout.write(JSON.stringify(outcome)));
