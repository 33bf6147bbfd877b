import type { SandboxAction } from "./action";
import { DATA_ACTIONS } from "./data-actions";
import { MONITORING_ACTIONS } from "./monitoring-actions";

/** Every action of the sandbox's page, in the order of its buttons. */
export const ACTIONS: readonly SandboxAction[] = [...DATA_ACTIONS, ...MONITORING_ACTIONS];
