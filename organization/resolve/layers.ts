import type { Detection } from "../../detections/detection";
import type { DetectionSettings, Ignore } from "../schema/schema";

/** Where a value was set: the account's file, organization.yaml, or nowhere, so that a default applies. */
export type Layer = "account" | "organization" | "default";

/** A value and the layer that it comes from. */
export interface Layered<T> {
  readonly value: T;
  readonly from: Layer;
}

/** Settings for which the most specific layer wins. */
type PickedKey = Exclude<keyof DetectionSettings, "ignore">;

/** The values that apply to a detection in an account: a setting without a layer does not compile. */
export type LayeredSettings = {
  readonly [Key in PickedKey]-?: Layered<NonNullable<DetectionSettings[Key]>>;
} & {
  /** Those of organization.yaml, then the account's, each with its index in its own list. */
  readonly ignore: readonly (Layered<Ignore> & { readonly index: number })[];
};

/** The layers; the first one has the lowest precedence. */
export interface Layers {
  readonly organization?: DetectionSettings | undefined;
  readonly account?: DetectionSettings | undefined;
}

/** Merges an account's settings over the organization's over the detection's own. Ignore lists are concatenated. */
export function layered(detection: Detection, { organization, account }: Layers): LayeredSettings {
  return {
    enabled: pick("enabled", true),
    severity: pick("severity", detection.severity),
    threshold: pick("threshold", detection.threshold),
    periodSeconds: pick("periodSeconds", detection.periodSeconds),
    evaluationPeriods: pick("evaluationPeriods", detection.evaluationPeriods),
    alarm: pick("alarm", { kind: "static-threshold" }),
    ignore: [...ignores("organization", organization), ...ignores("account", account)],
  };

  function pick<Key extends PickedKey>(
    key: Key,
    byDefault: NonNullable<DetectionSettings[Key]>,
  ): Layered<NonNullable<DetectionSettings[Key]>> {
    const own = account?.[key];
    if (own !== undefined) return { value: own, from: "account" };
    const common = organization?.[key];
    return common === undefined ? { value: byDefault, from: "default" } : { value: common, from: "organization" };
  }
}

function ignores(from: Layer, settings: DetectionSettings | undefined): LayeredSettings["ignore"] {
  return (settings?.ignore ?? []).map((value, index) => ({ value, from, index }));
}
