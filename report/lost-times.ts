/** When the latest alarms were raised, and how many were earlier. `total`: where `latest` is already cut. */
export function lostTimes(latest: readonly { readonly at: number }[], most: number, total = latest.length): string {
  const shown = latest.slice(0, most).map(({ at }) => minuteText(at));
  const earlier = total - shown.length;
  return `${shown.join(", ")}${earlier > 0 ? ` and ${earlier.toLocaleString("en")} earlier` : ""}`;
}

/** Date and minute, in UTC. */
export function minuteText(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
