import type { Contestant, DetectionCounts } from "./contestants";
import { measure, type Run } from "./measure";
import { medianOf, type Result } from "./table";

/**
 * Runs all contestants several times.
 *
 * @throws Error when two of them count differently: no time of theirs means anything then
 */
export async function measureAll(contestants: readonly Contestant[], rounds: number): Promise<readonly Result[]> {
  const measured = new Map<Contestant, Run[]>();
  // Alternate between contestants, so that a slow minute of the machine affects all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const run = await measure(contestant.command);
      measured.set(contestant, [...(measured.get(contestant) ?? []), run]);
      process.stderr.write(`${contestant.name}: ${run.seconds.toFixed(2)} s, ${run.cpuSeconds.toFixed(1)} s of CPU\n`);
    }
    const disagreements = round === 0 ? compare([...measured]) : [];
    if (disagreements.length > 0) throw new Error(disagreements.join("\n"));
  }
  return [...measured].map(([{ name }, runs]) => resultOf(name, runs));
}

function resultOf(name: string, runs: readonly Run[]): Result {
  const seconds = runs.map((run) => run.seconds);
  return {
    name,
    seconds: medianOf(seconds),
    cpuSeconds: medianOf(runs.map((run) => run.cpuSeconds)),
    least: Math.min(...seconds),
    most: Math.max(...seconds),
    megabytes: Math.max(...runs.map((run) => run.megabytes)),
  };
}

/** Compares the counts of two contestants, for the detections that both count. */
function compare(measured: readonly (readonly [Contestant, readonly Run[]])[]): string[] {
  const counted = measured.flatMap(([{ name, counts }, [run]]) =>
    counts === undefined || run === undefined ? [] : [{ name, counts: counts(run.output) }],
  );
  const reference: DetectionCounts = Object.assign({}, ...counted.map(({ counts }) => counts)) as DetectionCounts;
  return counted.flatMap(({ name, counts }) =>
    Object.entries(counts)
      .filter(([id, count]) => count !== reference[id])
      .map(([id, count]) => `${name} counts ${count} of ${id}, others ${reference[id] ?? 0}`),
  );
}
