import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

/** A detection as its dashboard shows it. */
export interface DashboardDetection {
  /** Its display name. */
  readonly title: string;
  /** ARN of its alarm, which has the metric and the threshold. */
  readonly alarmArn: string;
}

/** Detections that are shown together. */
export interface DashboardSection {
  readonly title: string;
  readonly detections: readonly DashboardDetection[];
}

export interface AccountDashboardProps {
  /** Name of the dashboard. */
  readonly name: string;

  /** Region of the alarms. */
  readonly region: string;

  /** What to show, in this order; any number of detections. */
  readonly sections: readonly DashboardSection[];
}

/** The grid of a dashboard is 24 columns wide. Source: CloudWatch User Guide, dashboard body structure. */
const GRID = 24;
const GRAPH = { width: 6, height: 5 } as const;
const GRAPHS_IN_A_ROW = GRID / GRAPH.width;
const HEADING_HEIGHT = 1;
/** Maximum number of alarms in one alarm widget. Source: the same. */
const MAX_ALARMS = 100;
const ALARMS_IN_A_ROW = 6;

type Widget = Readonly<Record<string, unknown>>;

/** The states of all alarms at a glance, then a graph for each detection with its threshold. */
export class AccountDashboard extends Construct {
  constructor(scope: Construct, id: string, props: AccountDashboardProps) {
    super(scope, id);
    new CloudwatchDashboard(this, "Resource", {
      dashboardName: props.name,
      dashboardBody: JSON.stringify({ widgets: widgetsOf(props) }),
    });
  }
}

/** Laid out row by row, so that no widgets overlap, however many detections an account has. */
function widgetsOf({ sections, region }: AccountDashboardProps): Widget[] {
  const widgets: Widget[] = [];
  let y = 0;
  const alarms = sections.flatMap((section) => section.detections.map((detection) => detection.alarmArn));
  for (let from = 0; from < alarms.length; from += MAX_ALARMS) {
    const some = alarms.slice(from, from + MAX_ALARMS);
    const height = 2 + Math.ceil(some.length / ALARMS_IN_A_ROW);
    widgets.push({ type: "alarm", x: 0, y, width: GRID, height, properties: { title: "Alarms", alarms: some } });
    y += height;
  }

  for (const { title, detections } of sections) {
    const properties = { markdown: `## ${title}` };
    widgets.push({ type: "text", x: 0, y, width: GRID, height: HEADING_HEIGHT, properties });
    y += HEADING_HEIGHT;
    detections.forEach((detection, index) => {
      widgets.push({
        type: "metric",
        x: (index % GRAPHS_IN_A_ROW) * GRAPH.width,
        y: y + Math.floor(index / GRAPHS_IN_A_ROW) * GRAPH.height,
        ...GRAPH,
        properties: { title: detection.title, region, annotations: { alarms: [detection.alarmArn] } },
      });
    });
    y += Math.ceil(detections.length / GRAPHS_IN_A_ROW) * GRAPH.height;
  }
  return widgets;
}
