import { shownPath } from "../../../lib/support/printable";

/** What evaluates the records. */
export const ENGINES = ["local", "athena"] as const;

export type Engine = (typeof ENGINES)[number];

/** What selects the engine, and the options that depend on it. */
export interface EngineOptions {
  readonly engine: Engine;
  readonly from?: number;
  readonly to?: number;
  readonly yes: boolean;
  readonly explain?: string;
}

/** @throws Error for options that the engine does not support */
export function checkEngine(paths: readonly string[], options: EngineOptions): void {
  CHECKS[options.engine](paths, options);
}

const CHECKS: Readonly<Record<Engine, typeof checkEngine>> = { local: checkLocal, athena: checkAthena };

function checkLocal(paths: readonly string[], { yes }: EngineOptions): void {
  if (paths.length === 0) {
    throw new Error(
      "'path' must be given: files, folders, s3:// prefixes or -; '--engine athena' queries the archive instead",
    );
  }
  if (yes) throw new Error("'--yes' must come with '--engine athena': nothing else needs a confirmation");
}

function checkAthena(paths: readonly string[], options: EngineOptions): void {
  if (paths.length > 0) {
    throw new Error(
      `'path' must not be given with '--engine athena', which queries the archive, got '${shownPath(paths.join(" "))}'`,
    );
  }
  if (options.from === undefined) {
    throw new Error(
      "'--from' must be given with '--engine athena': the archive may hold years, and Athena bills what it reads",
    );
  }
  const { from, to = Date.now() } = options;
  if (to <= from) {
    const times = [from, to].map((time) => new Date(time).toISOString());
    throw new Error(`'--to' must be after '--from', got '${times.reverse().join("' and '")}'`);
  }
  if (options.explain !== undefined) {
    throw new Error("'--explain' must come with '--engine local': it needs the record, and Athena only counts them");
  }
}
