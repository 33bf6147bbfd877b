import { globalRegions } from "../../lib/aws/partitions";
import { literal } from "../../detections/athena/literal";
import { ELEMENT } from "../../detections/athena/place";
import type { DeployedTrail } from "../../signals";
import { NotQueryable } from "../not-queryable";

/** Records before version 1.08 do not name their category. */
export const CATEGORY =
  "coalesce(eventcategory, CASE WHEN eventtype = 'AwsCloudTrailInsight' THEN 'Insight' " +
  "WHEN managementevent = 'false' THEN 'Data' ELSE 'Management' END)";

export const READ_ONLY =
  "coalesce(readonly, CASE WHEN regexp_like(eventname, '^(Get|List|Describe|Head|Lookup|BatchGet)') " +
  "THEN 'true' ELSE 'false' END)";

/** Where the table keeps the fields of selectors. */
const COLUMNS: Readonly<Record<string, string>> = {
  eventCategory: CATEGORY,
  readOnly: READ_ONLY,
  eventSource: "eventsource",
  eventName: "eventname",
  eventType: "eventtype",
  sessionCredentialFromConsole: "sessioncredentialfromconsole",
  "userIdentity.arn": "useridentity.arn",
};

type Selector = DeployedTrail["selectors"][number];

/**
 * Which of the records that a trail receives it writes to its log group.
 *
 * @throws NotQueryable for selectors on fields that the table does not have
 */
export function trailSql({
  isLogging,
  isMultiRegion,
  includesGlobalServices,
  region,
  selectors,
}: DeployedTrail): string {
  if (!isLogging || selectors.length === 0) return "false";
  const selected = selectors.map((selector) => `(${selectorSql(selector)})`).join(" OR ");
  if (isMultiRegion) return selected;
  const regions = [region, ...(includesGlobalServices ? globalRegions(region) : [])].map((name) => literal(name));
  return `awsregion IN (${regions.join(", ")}) AND (${selected})`;
}

/** Columns of a resource. A call that names no single object has the beginning of the ARNs of all. */
const RESOURCE_COLUMNS: Readonly<Record<string, string>> = {
  "resources.type": `${ELEMENT}.type`,
  "resources.ARN": `coalesce(${ELEMENT}.arn, ${ELEMENT}.arnprefix)`,
};

function selectorSql(selector: Selector): string {
  const ofResource = selector.filter(({ field }) => Object.hasOwn(RESOURCE_COLUMNS, field));
  const ofEvent = selector.filter(({ field }) => !Object.hasOwn(RESOURCE_COLUMNS, field));
  // One resource must meet all: an object's record also names its bucket.
  const ofOne = fieldsSql(ofResource, RESOURCE_COLUMNS).join(" AND ");
  const resources = ofOne === "" ? [] : [`cardinality(filter(resources, ${ELEMENT} -> ${ofOne})) > 0`];
  return [...fieldsSql(ofEvent, COLUMNS), ...resources].join(" AND ");
}

function fieldsSql(fields: Selector, columns: Readonly<Record<string, string>>): string[] {
  return fields.flatMap(({ field, tests }) => {
    const column = columns[field];
    if (column === undefined) throw new NotQueryable(`its trail selects by '${field}'`);
    return [...(tests.length === 0 ? [`${column} IS NOT NULL`] : []), ...tests.map((test) => testSql(column, test))];
  });
}

function testSql(column: string, { operator, texts, isNegated }: Selector[number]["tests"][number]): string {
  const not = isNegated ? "NOT " : "";
  if (operator === "equals") return `${column} ${not}IN (${texts.map((text) => literal(text)).join(", ")})`;
  const compared = texts.map((text) =>
    operator === "starts_with"
      ? `starts_with(${column}, ${literal(text)})`
      : `substr(${column}, -${text.length}) = ${literal(text)}`,
  );
  return `${not}(${compared.join(" OR ")})`;
}

/** Categories of events, besides management events, that some trail records in an account. */
export function furtherCategories(trails: readonly DeployedTrail[]): string[] {
  const categories = trails
    .filter(({ isLogging }) => isLogging)
    .flatMap(({ selectors }) => selectors)
    .flatMap((selector) => selector.filter(({ field }) => field === "eventCategory"))
    .flatMap(({ tests }) => tests.flatMap(({ texts }) => texts));
  return [...new Set(categories)].filter((category) => category !== "Management").sort();
}
