import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStacks } from "../../lib/terraform/read/read-stacks";
import { synthesizeStacks } from "../../main";
import { loadOrganization } from "../../organization/load";
import { monthlyCosts, usageCosts } from "./cost-tables";
import { PRICES_OF, priceSources } from "./prices";
import { packTable } from "./pack-table";
import { stackTable } from "./stack-table";
import { usageTable } from "./usage-table";

const ROOT = join(__dirname, "..", "..");

/** README.md with its generated sections written anew, from the stacks of the example accounts. */
export function updatedReadme(readme: string): string {
  const outdir = mkdtempSync(join(tmpdir(), "trailwatch-docs-"));
  try {
    const organization = loadOrganization(join(ROOT, "accounts"));
    synthesizeStacks(organization, outdir);
    const stacks = readStacks(outdir);
    return withSections(readme, {
      packs: packTable(),
      usage: usageTable(organization),
      stacks: stackTable(stacks, organization),
      "monthly costs": monthlyCosts(stacks),
      "costs by usage": `${usageCosts()}\n\nPrices of ${PRICES_OF}; sources: ${priceSources()}.`,
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/**
 * Replaces what is between the markers `<!-- generated: <name> -->` and `<!-- /generated -->`.
 *
 * @throws Error when the page lacks a section, or has one that is not given
 */
export function withSections(page: string, sections: Readonly<Record<string, string>>): string {
  const missing = new Set(Object.keys(sections));
  const updated = page.replace(
    /(<!-- generated: ([^\n]+) -->\n).*?(<!-- \/generated -->)/gs,
    (_whole, start: string, name: string, end: string) => {
      const text = sections[name];
      if (text === undefined) throw new Error(`the page has a generated section '${name}' that nothing generates`);
      missing.delete(name);
      return `${start}\n${text}\n\n${end}`;
    },
  );
  if (missing.size > 0) throw new Error(`the page lacks the generated sections ${[...missing].join(", ")}`);
  return updated;
}
