import { PLAIN } from "../../../lib/naming/own-names";
import { allDetections } from "../../../detections/catalogue";
import { PATH_ALARMS } from "../../../detections/path-alarms";
import { OWN_ALARMS } from "../../../lib/naming/own-alarms";
import { knownAlarmsOf } from "../../../stacks/known-alarms";
import { alarmEvent } from "../../support/alarm-events";
import { details, hubCard, hubEvent, hubMessage, WINDOW } from "../../support/hub-messages";
import { testOrganization } from "../../support/organization";

const KNOWN = knownAlarmsOf(testOrganization());
const ACCOUNT = "333333333333";
const DETECTIONS = allDetections().map(({ detection }) => detection);
const IDS = [...DETECTIONS, ...PATH_ALARMS].map(({ id }) => id).concat(Object.keys(OWN_ALARMS));

const of = (id: string) =>
  alarmEvent({
    event: { account: ACCOUNT },
    detail: { alarmName: PLAIN.alarmName(KNOWN.accounts[ACCOUNT] ?? "", id) },
  });

/** Alarms whose message without details does not have a sentence, a short subject and a card. */
async function withoutDetails(): Promise<string[]> {
  const wrong: string[] = [];
  for (const id of IDS) {
    const given = { details: { problem: "x" } };
    const { Subject, text } = await hubMessage(of(id), given, KNOWN);
    const { title, description } = (await hubCard(of(id), given, KNOWN)).card.content;
    const [sentence = ""] = text.split("\n");
    if (!/^[A-Z].{10,}\.$/.test(sentence)) wrong.push(`${id}: ${sentence}`);
    if (!/^\[(CRITICAL|HIGH|MEDIUM|LOW)\] [ -~]{10,}$/.test(Subject) || Subject.length > 99) wrong.push(Subject);
    if (title.length > 99 || description.length > 4000) wrong.push(`${id}: card`);
    if (!/^[\n -~]*$/.test(text)) wrong.push(`${id}: ${text}`);
  }
  return wrong;
}

/** Detections whose message for their first example does not say who did what. */
async function withDetails(): Promise<string[]> {
  const wrong: string[] = [];
  for (const { id, alarmWhen, examples } of DETECTIONS) {
    if (alarmWhen === "missed") continue;
    const [record = {}] = examples.matches;
    const { eventName: call, eventSource: service, errorCode: result = "ok" } = record as Record<string, string>;
    const event = hubEvent({ call, service, result, count: 1 });
    const { Subject, document } = await hubMessage(of(id), { details: details([event]), window: WINDOW }, KNOWN);
    if (!document.sentence.startsWith("alice (assumed-role/Developer) ")) wrong.push(`${id}: ${document.sentence}`);
    if (!/^\[[A-Z]+\] [a-z-]+: .*\balice\b/.test(Subject)) wrong.push(`${id}: ${Subject}`);
  }
  return wrong;
}

void Promise.all([withoutDetails(), withDetails()]).then((wrong) => process.stdout.write(JSON.stringify(wrong.flat())));
