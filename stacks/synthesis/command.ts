import { Command } from "commander";
import { withReadableHelp } from "../../lib/support/help";

const HELP = `
Environment variables:
  TRAILWATCH_ACCOUNTS  folder with the accounts (default: accounts)
  TRAILWATCH_STACKS    ids or patterns of the stacks to write, with commas;
                       what they depend on is written too (default: all)
  CDKTF_OUTDIR         output folder (default: cdktf.out)

Examples:
  $ npm run synth
  $ TRAILWATCH_STACKS='monitoring-dev,alert-*' npm run synth`;

/** The command `npm run synth`, without an action. It takes no options, because `npx cdktf synth` passes none. */
export function synthCommand(): Command {
  return withReadableHelp(new Command("npm run synth --"))
    .description("Write the Terraform JSON of all stacks, as npx cdktf synth does, but faster.")
    .addHelpText("after", HELP);
}
