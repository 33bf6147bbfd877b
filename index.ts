/**
 * Trailwatch's constructs for an app of your own: they work in any `TerraformStack`, without `accounts/`. Each creates
 * its resources with the stack's AWS provider. docs/constructs.md has an example.
 */
export { nameBy } from "./modules/own-names-of";
export {
  DetectionAlarm,
  type DetectionAlarmProps,
  type QuietInWindow,
} from "./modules/detection-alarm/detection-alarm";
export { AWS_OWNED, NotificationTopic, type NotificationTopicProps } from "./modules/topic/notification-topic";
export { TopicKey, type TopicKeyProps, type TopicPublisher } from "./modules/topic/topic-key";
export { OrganizationTrail, type OrganizationTrailProps } from "./modules/trail/organization-trail";
export type { DataEventsOfType } from "./modules/trail/event-selectors";
export { TrailLogGroup, type TrailLogGroupProps } from "./modules/trail/trail-log-group";
export type { NamesSettings } from "./lib/naming/own-resources";
export type { Subscribers } from "./lib/naming/subscriber-kinds";
