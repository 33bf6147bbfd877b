import type { OwnNames } from "../../lib/naming/own-names";
import { ADOPT_READS } from "../aws/calls";
import type { OwnNamed } from "../facts";
import type { Reading } from "./reading";

/** A resource with a name of Trailwatch's, and what its tags are read by. */
interface Named {
  readonly name: string;
  readonly id: string;
}

/** A kind of resource that Trailwatch creates under a fixed name, so that another of that name stops a deployment. */
interface Kind {
  readonly kind: string;
  /** `rolePrefix`: before the names that Trailwatch gives roles. */
  readonly list: (reading: Reading, region: string, own: OwnNames, rolePrefix: string) => Promise<readonly Named[]>;
  /** Keys of its tags. */
  readonly tagKeys: (reading: Reading, id: string, region: string) => Promise<readonly (string | undefined)[]>;
}

const KINDS: readonly Kind[] = [
  {
    kind: "trail",
    list: async (reading, region, own) => {
      const answer = await reading.query(ADOPT_READS.trails, { includeShadowTrails: false }, region);
      return (answer?.trailList ?? [])
        .map(({ Name = "", TrailARN = "" }) => ({ name: Name, id: TrailARN }))
        .filter(({ name }) => name.startsWith(own.prefix));
    },
    tagKeys: async (reading, id, region) => {
      const answer = await reading.query(ADOPT_READS.trailTags, { ResourceIdList: [id] }, region);
      return (answer?.ResourceTagList ?? []).flatMap(({ TagsList = [] }) => TagsList.map(({ Key }) => Key));
    },
  },
  {
    kind: "log group",
    list: async (reading, region, own) => {
      const prefixes = [`/${own.folder}`, own.eventsLogGroup];
      const groups = await Promise.all(
        prefixes.map((logGroupNamePrefix) =>
          reading.list(
            ADOPT_READS.logGroups,
            { region, input: (nextToken) => ({ logGroupNamePrefix, nextToken }) },
            (answer) => ({ items: answer.logGroups, next: answer.nextToken }),
          ),
        ),
      );
      return groups
        .flat()
        .map(({ logGroupName = "", arn = "" }) => ({ name: logGroupName, id: arn.replace(/:\*$/, "") }));
    },
    tagKeys: async (reading, resourceArn, region) =>
      Object.keys((await reading.query(ADOPT_READS.logGroupTags, { resourceArn }, region))?.tags ?? {}),
  },
  {
    kind: "alarm",
    list: async (reading, region, own) => {
      const alarms = await reading.list(
        ADOPT_READS.alarms,
        {
          region,
          input: (NextToken) => ({
            AlarmNamePrefix: own.prefix,
            AlarmTypes: ["MetricAlarm" as const, "CompositeAlarm" as const],
            NextToken,
          }),
        },
        (answer) => ({
          items: [...(answer.MetricAlarms ?? []), ...(answer.CompositeAlarms ?? [])],
          next: answer.NextToken,
        }),
      );
      return alarms.map(({ AlarmName = "", AlarmArn = "" }) => ({ name: AlarmName, id: AlarmArn }));
    },
    tagKeys: async (reading, ResourceARN, region) =>
      ((await reading.query(ADOPT_READS.alarmTags, { ResourceARN }, region))?.Tags ?? []).map(({ Key }) => Key),
  },
  {
    kind: "EventBridge rule",
    list: async (reading, region, own) => {
      const rules = await reading.list(
        ADOPT_READS.rules,
        { region, input: (NextToken) => ({ NamePrefix: own.name, NextToken }) },
        (answer) => ({ items: answer.Rules, next: answer.NextToken }),
      );
      return rules
        .map(({ Name = "", Arn = "" }) => ({ name: Name, id: Arn }))
        .filter(({ name }) => name === own.name || name.startsWith(own.prefix));
    },
    tagKeys: async (reading, ResourceARN, region) =>
      ((await reading.query(ADOPT_READS.ruleTags, { ResourceARN }, region))?.Tags ?? []).map(({ Key }) => Key),
  },
  {
    kind: "topic",
    list: async (reading, region, own) => {
      const topics = await reading.list(
        ADOPT_READS.topics,
        { region, input: (NextToken) => ({ NextToken }) },
        (answer) => ({
          items: answer.Topics,
          next: answer.NextToken,
        }),
      );
      return topics
        .map(({ TopicArn = "" }) => ({ name: TopicArn.split(":").at(-1) ?? "", id: TopicArn }))
        .filter(({ name }) => name.startsWith(own.prefix));
    },
    tagKeys: async (reading, ResourceArn, region) =>
      ((await reading.query(ADOPT_READS.topicTags, { ResourceArn }, region))?.Tags ?? []).map(({ Key }) => Key),
  },
  {
    kind: "role",
    list: async (reading, region, own, rolePrefix) => {
      const roles = await reading.list(ADOPT_READS.roles, { region, input: (Marker) => ({ Marker }) }, (answer) => ({
        items: answer.Roles,
        next: answer.Marker,
      }));
      return roles
        .map(({ RoleName = "" }) => ({ name: RoleName, id: RoleName }))
        .filter(({ name }) => name.startsWith(`${rolePrefix}${own.prefix}`));
    },
    tagKeys: async (reading, RoleName, region) =>
      ((await reading.query(ADOPT_READS.roleTags, { RoleName }, region))?.Tags ?? []).map(({ Key }) => Key),
  },
  {
    kind: "key alias",
    list: async (reading, region, own) => {
      const aliases = await reading.list(
        ADOPT_READS.keyAliases,
        { region, input: (Marker) => ({ Marker }) },
        (answer) => ({
          items: answer.Aliases,
          next: answer.NextMarker,
        }),
      );
      return aliases
        .map(({ AliasName = "", TargetKeyId = "" }) => ({ name: AliasName, id: TargetKeyId }))
        .filter(({ name }) => name.startsWith(`alias/${own.prefix}`));
    },
    tagKeys: async (reading, KeyId, region) =>
      ((await reading.query(ADOPT_READS.keyTags, { KeyId }, region))?.Tags ?? []).map(({ TagKey }) => TagKey),
  },
];

/** Resources of a region, and roles of the account, that have names as Trailwatch gives. */
export async function readOwnNamed(
  reading: Reading,
  region: string,
  own: OwnNames,
  rolePrefix: string,
): Promise<readonly OwnNamed[]> {
  const found: OwnNamed[] = [];
  for (const { kind, list, tagKeys } of KINDS) {
    const named = await reading.attempt(`${kind} names in ${region}`, () => list(reading, region, own, rolePrefix));
    for (const { name, id } of named ?? []) {
      const keys = await reading.attempt(`tags of ${kind} ${name}`, () => tagKeys(reading, id, region));
      found.push({ kind, name, isOwn: keys?.includes(own.stackTag) });
    }
  }
  return found;
}

/** A bucket of that name; undefined when there is none, or AWS does not say. */
export async function readPlannedBucket(
  reading: Reading,
  own: OwnNames,
  name: string,
  region: string,
): Promise<OwnNamed | undefined> {
  const found = await reading.attempt(`bucket ${name}`, () =>
    reading.query(ADOPT_READS.bucket, { Bucket: name }, region),
  );
  if (found === undefined) return undefined;
  const tags = await reading.attempt(`tags of bucket ${name}`, async () => {
    const answer = await reading.query(ADOPT_READS.bucketTags, { Bucket: name }, region);
    return (answer?.TagSet ?? []).map(({ Key }) => Key);
  });
  return { kind: "bucket", name, isOwn: tags?.includes(own.stackTag) };
}
