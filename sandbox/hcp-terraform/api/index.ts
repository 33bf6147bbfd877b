import type { Context } from "../context";
import type { Route } from "../route";
import { assessmentRoutes } from "./assessments";
import { configurationVersionRoutes } from "./configuration-versions";
import { discoveryRoutes } from "./discovery";
import { lockRoutes } from "./locks";
import { objectRoutes } from "./objects";
import { organizationRoutes } from "./organizations";
import { projectRoutes } from "./projects";
import { runRoutes } from "./runs";
import { stateSharingRoutes } from "./state-sharing";
import { stateVersionRoutes } from "./state-versions";
import { tagRoutes } from "./tags";
import { variableSetRoutes } from "./variable-sets";
import { variableRoutes } from "./variables";
import { workspaceRoutes } from "./workspaces";

const KINDS = [
  ...[discoveryRoutes, organizationRoutes, projectRoutes, workspaceRoutes, tagRoutes, lockRoutes, stateSharingRoutes],
  ...[variableRoutes, variableSetRoutes, stateVersionRoutes, configurationVersionRoutes, runRoutes, assessmentRoutes],
  objectRoutes,
];

/** Every call that the stand-in answers. */
export function allRoutes(context: Context): Route[] {
  return KINDS.flatMap((kind) => kind(context));
}
