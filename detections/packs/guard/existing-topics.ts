import { any, equals, matches, type Condition } from "../../condition";

/** A filter pattern has at most three `*` and 1024 characters: so many ARNs fit, three times each. */
const TOPICS_A_PATTERN = 2;

/**
 * Whether a call names one of the topics, or a subscription to one: each call has one of these parameters. A condition
 * for each metric filter.
 */
export function namesExistingTopic(topicArns: readonly string[] = []): Condition[] {
  const count = Math.ceil(topicArns.length / TOPICS_A_PATTERN);
  return Array.from({ length: count }, (_, at) =>
    any(
      ...topicArns
        .slice(at * TOPICS_A_PATTERN, (at + 1) * TOPICS_A_PATTERN)
        .flatMap((topicArn) => [
          equals("requestParameters.topicArn", topicArn),
          matches("requestParameters.subscriptionArn", `${topicArn}:*`),
          equals("requestParameters.resourceArn", topicArn),
        ]),
    ),
  );
}
