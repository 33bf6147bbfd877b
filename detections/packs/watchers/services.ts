import { any, equals, matches, oneOf, type Condition } from "../../condition";

/** The event comes from one of these services; names as in CloudTrail's event sources, without `.amazonaws.com`. */
export function from(...services: readonly string[]): Condition {
  return oneOf(
    "eventSource",
    services.map((service) => `${service}.amazonaws.com`),
  );
}

/**
 * The operation has one of these names, of any of the services that it is combined with: they give the same names to
 * the same purposes. A `*` stands for any text.
 */
export function named(...operations: readonly string[]): Condition {
  return any(...operations.map((name) => (name.includes("*") ? matches : equals)("eventName", name)));
}
