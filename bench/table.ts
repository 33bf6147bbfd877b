import type { SampleArchive } from "./archive";

/** The measurements of one contestant. */
export interface Result {
  readonly name: string;
  /** Of all runs: median, least and most. */
  readonly seconds: number;
  readonly least: number;
  readonly most: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Unpacking alone, on all cores. */
export type Floor = Pick<Result, "seconds" | "cpuSeconds">;

/** A table in Markdown. Ratios are ratios of medians. The floor is decompression alone, on all cores. */
export function tableOf(results: readonly Result[], floor: Floor, archive: SampleArchive): string {
  const rows = results.map(({ name, seconds, least, most, cpuSeconds, megabytes }) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${least.toFixed(2)} to ${most.toFixed(2)} s`,
    `${cpuSeconds.toFixed(1)} s`,
    (seconds / floor.seconds).toFixed(2),
    (cpuSeconds / floor.cpuSeconds).toFixed(2),
    (archive.bytes / 1e6 / seconds).toFixed(0),
    Math.round(archive.records / seconds).toLocaleString("en"),
    `${megabytes.toFixed(0)} MB`,
  ]);
  const head = ["", "median", "range", "CPU", "to floor", "CPU to floor", "MB/s unpacked", "records/s", "peak memory"];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_cell, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
