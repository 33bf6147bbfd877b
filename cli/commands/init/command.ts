import { Command } from "commander";

const HELP = `
Writes an example of the account files (accounts/), the app (main.ts), cdktf.json, .gitignore, and scripts and packages
into package.json. Overwrites nothing: if one of these exists with other content, it writes nothing and lists them.

Example:
  $ mkdir monitoring && cd monitoring
  $ npm install trailwatch && npx trailwatch init && npm install
  $ npx cdktf synth`;

/** `trailwatch init`: the files that a folder needs, outside a clone. */
export function initCommand(): Command {
  return new Command("init")
    .description("Write the files of a new project into this folder. Overwrites nothing.")
    .addHelpText("after", HELP)
    .action(async () => {
      const { runInit } = await import("./run.ts");
      runInit(process.cwd());
    });
}
