import { blocksOf, flagOf, textOfArgument, textsOf, type Arguments } from "../../lib/terraform/read/arguments";

/** How a value is compared with a text, in Terraform's spelling. */
type Operator = "equals" | "starts_with" | "ends_with";

/** A condition that some value of a field must meet: one of the texts, or none of them. */
interface ValueTest {
  readonly operator: Operator;
  readonly texts: readonly string[];
  readonly isNegated: boolean;
}

/** The conditions on one field of an event; every test must hold. */
interface FieldSelector {
  readonly field: string;
  readonly tests: readonly ValueTest[];
}

/** An event as seen by selectors. */
export interface SelectableEvent {
  /** The values of a field of the event itself. */
  readonly valuesOf: (field: string) => readonly string[];
  /** Its resources, each by the names that selectors use: `resources.type` and `resources.ARN`. */
  readonly resources: readonly Readonly<Record<string, string | undefined>>[];
}

/** The events that a trail records, as plain data. All of its fields must hold. */
export type EventSelector = readonly FieldSelector[];

/** What a selector tests of resources must hold for one of them: an object's record also names its bucket. */
export function selects(selector: EventSelector, { valuesOf, resources }: SelectableEvent): boolean {
  const ofResource = selector.filter(isOfResource);
  return (
    selector.every((one) => isOfResource(one) || meets(one, valuesOf(one.field))) &&
    (ofResource.length === 0 ||
      resources.some((resource) => ofResource.every((one) => meets(one, [resource[one.field] ?? []].flat()))))
  );
}

function isOfResource({ field }: FieldSelector): boolean {
  return field.startsWith("resources.");
}

function meets({ tests }: FieldSelector, values: readonly string[]): boolean {
  return values.length > 0 && tests.every((test) => values.some((value) => holds(test, value)));
}

function holds({ operator, texts, isNegated }: ValueTest, value: string): boolean {
  return texts.some((text) => compares(operator, value, text)) !== isNegated;
}

function compares(operator: Operator, value: string, text: string): boolean {
  switch (operator) {
    case "equals":
      return value === text;
    case "starts_with":
      return value.startsWith(text);
    case "ends_with":
      return value.endsWith(text);
  }
}

/** The selectors of an `aws_cloudtrail`; without any, a trail records all management events. */
export function selectorsOf(trail: Arguments): readonly EventSelector[] {
  const advanced = blocksOf(trail, "advanced_event_selector").map((block) =>
    blocksOf(block, "field_selector").map(fieldSelector),
  );
  if (advanced.length > 0) return advanced;
  const basic = blocksOf(trail, "event_selector");
  if (basic.length > 0) return basic.flatMap(basicSelectors);
  return [[equal("eventCategory", ["Management"])]];
}

const OPERATORS: readonly Operator[] = ["equals", "starts_with", "ends_with"];

function fieldSelector(block: Arguments): FieldSelector {
  const tests = OPERATORS.flatMap((operator) => [
    { operator, texts: textsOf(block, operator), isNegated: false },
    { operator, texts: textsOf(block, `not_${operator}`), isNegated: true },
  ]);
  return { field: textOfArgument(block, "field") ?? "", tests: tests.filter(({ texts }) => texts.length > 0) };
}

/** For data events, basic selectors filter by resource prefix only as far as `values` specify. */
function basicSelectors(block: Arguments): EventSelector[] {
  const readWrite = textOfArgument(block, "read_write_type") ?? "All";
  const access = readWrite === "All" ? [] : [equal("readOnly", [String(readWrite === "ReadOnly")])];
  const excluded = textsOf(block, "exclude_management_event_sources");
  const sources = excluded.map((source) =>
    select("eventSource", { operator: "equals", texts: [source], isNegated: true }),
  );
  const management = flagOf(block, "include_management_events", true)
    ? [[equal("eventCategory", ["Management"]), ...access, ...sources]]
    : [];
  const data = blocksOf(block, "data_resource").map((resource) => [
    equal("eventCategory", ["Data"]),
    equal("resources.type", [textOfArgument(resource, "type") ?? ""]),
    select("resources.ARN", { operator: "starts_with", texts: textsOf(resource, "values"), isNegated: false }),
    ...access,
  ]);
  return [...management, ...data];
}

function equal(field: string, texts: readonly string[]): FieldSelector {
  return select(field, { operator: "equals", texts, isNegated: false });
}

function select(field: string, test: ValueTest): FieldSelector {
  return { field, tests: [test] };
}
