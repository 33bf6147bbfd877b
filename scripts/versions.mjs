import { spawnSync } from "node:child_process";

/** Whether a version such as "1.11.4" is at least a minimum such as "1.11". A missing version is not. */
export function atLeast(version, minimum) {
  if (version === undefined) return false;
  const [found, wanted] = [version, minimum].map((text) => text.split(".").map((part) => Number.parseInt(part, 10)));
  const differing = wanted.findIndex((part, index) => (found[index] ?? 0) !== part);
  return differing === -1 || (found[differing] ?? 0) > wanted[differing];
}

/**
 * Whether a version is in a range as `engines` has it: parts such as "^20.19.0" (this major only) or ">=24.0.0", with
 * "||" between them. Runs before packages are installed, so that it cannot use one.
 */
export function isInRange(version, range) {
  return range.split("||").some((text) => {
    const [, operator, minimum] = /^(\^|>=)([\d.]+)$/.exec(text.trim()) ?? [];
    if (minimum === undefined)
      throw new Error(`'engines.node' must be parts such as ^20.19.0 or >=24.0.0, got '${range}'`);
    const isMajor = operator === ">=" || Number.parseInt(version, 10) === Number.parseInt(minimum, 10);
    return isMajor && atLeast(version, minimum);
  });
}

/** A command's output, or undefined when it cannot be run or fails. */
export function commandOutput(command, args, env) {
  const { status, stdout } = spawnSync(command, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout : undefined;
}
