import * as fc from "fast-check";
import { AccountDashboard, type DashboardSection } from "../../../modules/account-dashboard/account-dashboard";
import { countsOf, resourceOf, synthModule } from "../../support/synth";

interface Widget {
  readonly type: "alarm" | "text" | "metric";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const COLUMNS = 24;
/** Source: CloudWatch API, PutDashboard, dashboard body structure. */
const MAX_ALARMS_IN_A_WIDGET = 100;

const synth = (sections: readonly DashboardSection[]) =>
  synthModule((scope) => {
    new AccountDashboard(scope, "dashboard", { name: "trailwatch-workloads", region: "eu-west-1", sections });
  });

function widgetsOf(sections: readonly DashboardSection[]): readonly Widget[] {
  const body: unknown = resourceOf(synth(sections), "aws_cloudwatch_dashboard").dashboard_body;
  return (JSON.parse(String(body)) as { widgets: Widget[] }).widgets;
}

/** Sections of so many detections each, no two of the same name. */
function sectionsOf(...counts: readonly number[]): DashboardSection[] {
  return counts.map((count, section) => ({
    title: `Pack ${section}`,
    detections: Array.from({ length: count }, (_, index) => ({
      title: `Detection ${section}.${index}`,
      alarmArn: `arn:aws:cloudwatch:eu-west-1:333333333333:alarm:${section}-${index}`,
    })),
  }));
}

const alarmsOf = (sections: readonly DashboardSection[]) =>
  sections.flatMap(({ detections }) => detections.map(({ alarmArn }) => alarmArn));
const alarmsIn = (widget: Widget) => widget.properties.alarms as string[];
const graphedAlarms = (widget: Widget) => (widget.properties.annotations as { alarms: string[] }).alarms;

function isOnGrid({ x, y, width, height }: Widget): boolean {
  const whole = [x, y, width, height].every((number) => Number.isInteger(number));
  return whole && x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= COLUMNS;
}

/** Places that a widget takes, numbered row by row. */
function cellsOf({ x, y, width, height }: Widget): number[] {
  return Array.from({ length: width * height }, (_, index) => {
    return (y + Math.floor(index / width)) * COLUMNS + x + (index % width);
  });
}

function expectSound(sections: readonly DashboardSection[]): void {
  const widgets = widgetsOf(sections);
  expect(widgets.filter((widget) => !isOnGrid(widget))).toEqual([]);
  const cells = widgets.flatMap(cellsOf);
  expect(new Set(cells).size).toBe(cells.length);

  const states = widgets.filter(({ type }) => type === "alarm");
  for (const widget of states) expect(alarmsIn(widget).length).toBeLessThanOrEqual(MAX_ALARMS_IN_A_WIDGET);
  expect(states.flatMap(alarmsIn)).toEqual(alarmsOf(sections));
  expect(widgets.filter(({ type }) => type === "metric").flatMap(graphedAlarms)).toEqual(alarmsOf(sections));
}

describe("no two widgets overlap, all are within the grid, and every alarm has its state and its graph", () => {
  test.each([0, 1, 4, 5, 100, 101, 230])("with %i detections in one section", (count) => {
    expectSound(sectionsOf(count));
  });

  test("with any number of detections in any number of sections", () => {
    const counts = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 230 })), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(counts, (some) => {
        expectSound(sectionsOf(...some));
      }),
      { numRuns: 20 },
    );
  });
});

test("states come first, then a heading and the graphs of each section, four in a row", () => {
  expect(widgetsOf(sectionsOf(5, 1)).map(({ type, x, y }) => [type, x, y])).toEqual([
    ["alarm", 0, 0],
    ["text", 0, 3],
    ["metric", 0, 4],
    ["metric", 6, 4],
    ["metric", 12, 4],
    ["metric", 18, 4],
    ["metric", 0, 9],
    ["text", 0, 14],
    ["metric", 0, 15],
  ]);
});

test.each([
  [100, 1],
  [101, 2],
])("%i alarms take %i widgets of states", (count, expected) => {
  expect(widgetsOf(sectionsOf(count)).filter(({ type }) => type === "alarm")).toHaveLength(expected);
});

test("a graph takes metric and threshold from its alarm", () => {
  const [graph] = widgetsOf(sectionsOf(1)).filter(({ type }) => type === "metric");
  expect(graph?.properties).toEqual({
    title: "Detection 0.0",
    region: "eu-west-1",
    annotations: { alarms: ["arn:aws:cloudwatch:eu-west-1:333333333333:alarm:0-0"] },
  });
});

test("a heading has the section's title", () => {
  const [heading] = widgetsOf(sectionsOf(1)).filter(({ type }) => type === "text");
  expect(heading?.properties).toEqual({ markdown: "## Pack 0" });
});

test("the dashboard has the given name, and nothing else is created", () => {
  const stack = synth([]);
  expect(resourceOf(stack, "aws_cloudwatch_dashboard")).toEqual({
    dashboard_name: "trailwatch-workloads",
    dashboard_body: '{"widgets":[]}',
  });
  expect(countsOf(stack)).toEqual({ aws_cloudwatch_dashboard: 1 });
});
