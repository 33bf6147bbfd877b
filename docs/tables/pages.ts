import { acceptedRisksTable, weakeningCallsTable } from "./guard-tables";
import { updatedReadme, withSections } from "./readme";

/** The pages with generated sections, by their path, each with its sections written anew. */
export function updatedPages(read: (path: string) => string): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", updatedReadme(read("README.md"))],
    [
      "docs/guard.md",
      withSections(read("docs/guard.md"), {
        "accepted risks": acceptedRisksTable(),
        "weakening calls": weakeningCallsTable(),
      }),
    ],
  ]);
}
