import { ConfirmedSubscriptions } from "../../../sandbox/proxy/confirmed-subscriptions";
import { Mailbox } from "../../../sandbox/mailbox/mailbox";
import { mailboxPage } from "../../../sandbox/mailbox/mailbox-pages";
import { signed } from "../proxy/requests";

const SUBSCRIPTION = {
  subscriptionArn: "arn:aws:sns:eu-west-1:111111111111:alerts:1",
  topicArn: "arn:aws:sns:eu-west-1:111111111111:alerts",
  address: "security@example.com",
};

function setUp() {
  const confirmed = new ConfirmedSubscriptions();
  const mailbox = new Mailbox(confirmed, () => 42);
  mailbox.linkTo("http://127.0.0.1:4566");
  mailbox.requestConfirmation(SUBSCRIPTION);
  const isPending = () => confirmed.isPending("email", SUBSCRIPTION.subscriptionArn);
  const follow = (url: string) =>
    mailboxPage(signed({ method: "GET", url }), mailbox, () => Promise.reject(new Error("no such subscription")));
  const link = mailbox.messages()[0]?.confirmLink ?? "";
  return { mailbox, isPending, follow, path: link.replace("http://127.0.0.1:4566", "") };
}

test("sends a confirmation mail, and its link confirms", async () => {
  const { mailbox, isPending, follow, path } = setUp();
  const [mail] = mailbox.messages();
  expect(mail).toMatchObject({ to: SUBSCRIPTION.address, at: 42 });
  expect(mail?.text).toContain(mail?.confirmLink);
  expect(isPending()).toBe(true);
  expect(await follow(path)).toMatchObject({ status: 200 });
  expect(isPending()).toBe(false);
});

test("another token confirms nothing", async () => {
  const { isPending, follow, path } = setUp();
  expect(await follow(path.slice(0, -1))).toMatchObject({ status: 400 });
  expect(isPending()).toBe(true);
});

test("each confirmation mail has its own link, and each link confirms", () => {
  const { mailbox, isPending } = setUp();
  mailbox.requestConfirmation(SUBSCRIPTION);
  const [first, second] = mailbox.messages();
  expect(second?.confirmLink).not.toBe(first?.confirmLink);
  if (first === undefined || second === undefined) throw new Error("two mails were expected");
  expect(mailbox.isConfirmed(second)).toBe(false);
  mailbox.confirmToken(new URL(first.confirmLink ?? "").searchParams.get("token") ?? "");
  expect(isPending()).toBe(false);
  expect(mailbox.isConfirmed(second)).toBe(true);
});

test("notifies listeners of new mail until they unsubscribe", () => {
  const { mailbox } = setUp();
  const subjects: string[] = [];
  const leave = mailbox.onMail(({ subject }) => subjects.push(subject));
  mailbox.notify(SUBSCRIPTION, "ALARM", "text");
  leave();
  mailbox.notify(SUBSCRIPTION, "OK", "text");
  expect(subjects).toEqual(["ALARM"]);
});

test("reports why a subscription was not removed, and ignores AWS calls", async () => {
  const { follow } = setUp();
  expect(await follow("/unsubscribe?subscription=arn")).toMatchObject({ status: 400 });
  expect(await follow("/bucket/key")).toBeUndefined();
});
