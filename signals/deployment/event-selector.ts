import { blocksOf, flagOf, textOfArgument, textsOf, type Arguments } from "./arguments";

/** What one field of an event must be like; every list that is given must hold. */
interface FieldSelector {
  readonly field: string;
  readonly tests: readonly ((value: string) => boolean)[];
}

/** An event as far as selectors look at it. */
export type SelectableEvent = Readonly<Record<string, readonly string[]>>;

/** Which events a trail records. All of its fields must hold. */
export interface EventSelector {
  selects(event: SelectableEvent): boolean;
}

/** The selectors of an `aws_cloudtrail`; without any, a trail records all management events. */
export function selectorsOf(trail: Arguments): readonly EventSelector[] {
  const advanced = blocksOf(trail, "advanced_event_selector").map((block) =>
    selector(blocksOf(block, "field_selector").map(fieldSelector)),
  );
  if (advanced.length > 0) return advanced;
  const basic = blocksOf(trail, "event_selector");
  if (basic.length > 0) return basic.flatMap(basicSelectors);
  return [selector([equal("eventCategory", ["Management"])])];
}

function selector(fields: readonly FieldSelector[]): EventSelector {
  return {
    selects: (event) =>
      fields.every(({ field, tests }) => {
        const values = event[field] ?? [];
        return values.length > 0 && tests.every((test) => values.some(test));
      }),
  };
}

function fieldSelector(block: Arguments): FieldSelector {
  const operators: readonly (readonly [string, (value: string, wanted: string) => boolean])[] = [
    ["equals", (value, wanted) => value === wanted],
    ["starts_with", (value, wanted) => value.startsWith(wanted)],
    ["ends_with", (value, wanted) => value.endsWith(wanted)],
  ];
  const tests = operators.flatMap(([name, holds]) => {
    const wanted = textsOf(block, name);
    const unwanted = textsOf(block, `not_${name}`);
    return [
      ...(wanted.length === 0 ? [] : [(value: string) => wanted.some((text) => holds(value, text))]),
      ...(unwanted.length === 0 ? [] : [(value: string) => !unwanted.some((text) => holds(value, text))]),
    ];
  });
  return { field: textOfArgument(block, "field") ?? "", tests };
}

/** Data events of basic selectors are not told apart by resource prefix beyond what `values` say. */
function basicSelectors(block: Arguments): EventSelector[] {
  const readWrite = textOfArgument(block, "read_write_type") ?? "All";
  const access = readWrite === "All" ? [] : [equal("readOnly", [String(readWrite === "ReadOnly")])];
  const excluded = textsOf(block, "exclude_management_event_sources");
  const sources = excluded.map((source) => ({ field: "eventSource", tests: [(value: string) => value !== source] }));
  const management = flagOf(block, "include_management_events", true)
    ? [selector([equal("eventCategory", ["Management"]), ...access, ...sources])]
    : [];
  const data = blocksOf(block, "data_resource").map((resource) =>
    selector([
      equal("eventCategory", ["Data"]),
      equal("resources.type", [textOfArgument(resource, "type") ?? ""]),
      { field: "resources.ARN", tests: [(arn) => textsOf(resource, "values").some((value) => arn.startsWith(value))] },
      ...access,
    ]),
  );
  return [...management, ...data];
}

function equal(field: string, values: readonly string[]): FieldSelector {
  return { field, tests: [(value) => values.includes(value)] };
}
