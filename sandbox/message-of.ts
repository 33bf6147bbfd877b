/** What an error says. Errors of Node itself are no instances of a test's `Error`. */
export function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}
