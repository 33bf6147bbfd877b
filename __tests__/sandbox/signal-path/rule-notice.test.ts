import { noticeText } from "../../../sandbox/signal-path/rule-notice";

const EVENT = { account: "111122223333", detail: { eventName: "StopLogging", userIdentity: {} } };

test("a message has the values of the event, and nothing for those that it lacks", () => {
  const paths = { event: "$.detail.eventName", principal: "$.detail.userIdentity.arn" };
  const notice = { topicArn: "arn", paths, template: '"<event> by <principal>, <other>"' };
  expect(noticeText(notice, EVENT)).toBe('"StopLogging by , <other>"');
});

test("without a template, the message is the event", () => {
  expect(JSON.parse(noticeText({ topicArn: "arn", paths: {}, template: undefined }, EVENT))).toEqual(EVENT);
});
