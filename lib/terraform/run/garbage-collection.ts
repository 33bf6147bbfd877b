/**
 * Lets Terraform and its provider, which are written in Go, clean up their memory less often. The AWS provider's schema
 * fills the memory once and stays: at Go's default of 100, going through it again and again is a third of the CPU time
 * of a small plan. At 400 it is 30 % less, for 180 MB more a stack (measured with the provider 5.100).
 *
 * @returns the variable to add to the environment; what the user chose stays
 */
export function lessGarbageCollection(env: Readonly<Record<string, string | undefined>>): { readonly GOGC: string } {
  return { GOGC: env.GOGC || "400" };
}
