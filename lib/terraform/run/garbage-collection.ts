/**
 * Makes the garbage collection of Terraform and its provider, which are written in Go, less frequent. The AWS
 * provider's schema fills the memory once and stays there: at Go's default of 100, scanning it repeatedly takes a third
 * of the CPU time of a small plan. At 400 it takes 30 % less, for 180 MB more per stack (measured with the provider
 * 5.100).
 *
 * @returns the variable to add to the environment; a value that the user set stays
 */
export function lessGarbageCollection(env: Readonly<Record<string, string | undefined>>): { readonly GOGC: string } {
  return { GOGC: env.GOGC || "400" };
}
