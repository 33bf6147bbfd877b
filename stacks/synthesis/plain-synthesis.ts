/** Whether to leave cdktf unchanged: `TRAILWATCH_PLAIN_SYNTHESIS` is set, to rule out an error of this code. */
export function isPlainSynthesis(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.TRAILWATCH_PLAIN_SYNTHESIS);
}
