import { errorText } from "../lib/support/file-error";

/** What an error says. */
export function messageOf(error: unknown): string {
  return errorText(error);
}
