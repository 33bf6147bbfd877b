/** A threshold, and the alarms that it gives. */
export interface CurvePoint {
  readonly threshold: number;
  readonly alarms: number;
}

/**
 * The threshold above which a further increase saves little: where the curve of alarms is farthest below the straight
 * line between its ends, with thresholds on a logarithmic scale. Undefined where the curve has no knee.
 *
 * Source of the method: Satopää et al., Finding a "Kneedle" in a Haystack, 2011.
 */
export function kneeOf(points: readonly CurvePoint[]): number | undefined {
  const end = points.findIndex(({ alarms }) => alarms === 0);
  const curve = end < 0 ? points : points.slice(0, end + 1);
  const [first, last] = [curve[0], curve.at(-1)];
  if (first === undefined || last === undefined || curve.length < 3 || first.alarms <= last.alarms) return undefined;
  const width = Math.log(last.threshold / first.threshold);
  let knee: number | undefined;
  let deepest = 0;
  for (const { threshold, alarms } of curve) {
    const along = Math.log(threshold / first.threshold) / width;
    const depth = 1 - along - (alarms - last.alarms) / (first.alarms - last.alarms);
    if (depth > deepest + 1e-9) [deepest, knee] = [depth, threshold];
  }
  return knee;
}
