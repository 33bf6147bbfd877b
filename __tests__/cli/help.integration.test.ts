import { Command } from "commander";
import { benchCommand } from "../../bench/command";
import { bootstrapCommand } from "../../cli/commands/bootstrap/command";
import { trailwatch } from "../../cli/main";
import { helpText, withReadableHelp } from "../../lib/support/help";
import { startCommand } from "../../sandbox/start-command";
import { scanCommand } from "../../scan/command";
import { synthCommand } from "../../stacks/synthesis/command";

/** All commands below one, and itself. */
function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

function helpOf(command: Command): string {
  let written = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
  command.outputHelp();
  write.mockRestore();
  return written;
}

/** What a reader cannot use, and lines that a terminal of 80 columns would break. */
function faultsOf(help: string): string[] {
  const lines = help.split("\n");
  return lines.filter(
    (line) => line.length > 80 || line.includes('{"') || line.includes("[]") || line.includes("default: false"),
  );
}

test.each(all(trailwatch()).map((command) => [command.name(), command] as const))(
  "the help of '%s' fits 80 columns and shows no raw default",
  (_name, command) => {
    const help = helpOf(command);
    expect(help).toContain("Usage: ");
    expect(faultsOf(help)).toEqual([]);
  },
);

test.each([
  ["npm start", startCommand()],
  ["npm run bootstrap", bootstrapCommand()],
  ["npm run scan", scanCommand()],
  ["npm run bench", benchCommand()],
  ["npm run synth", synthCommand()],
])("so does that of '%s'", (_name, command) => {
  const help = helpOf(command);
  expect(help).toContain("Example");
  expect(faultsOf(help)).toEqual([]);
});

test("in a narrow terminal, a description stands below its term", () => {
  const help = withReadableHelp(new Command("x")).createHelp();
  help.helpWidth = 40;
  expect(help.formatItem("--option <value>", 16, "what it is for, in several lines", help)).toBe(
    "  --option <value>\n      what it is for, in several lines",
  );
  expect(help.formatItem("--option <value>", 16, "what it is for, in several lines or more", help)).toBe(
    "  --option <value>\n      what it is for, in several lines\n      or more",
  );
});

test("a command that is too long goes on in the next line, as a shell reads it", () => {
  const command = "  $ aws a --bucket 'one two' | jq '.x | .y' --raw value --last";
  expect(helpText(command, 30)).toBe(
    "  $ aws a --bucket 'one two' \\\n      | jq '.x | .y' \\\n      --raw value --last",
  );
});

test("paragraphs flow, whatever their lines in the source", () => {
  expect(helpText("One two\nthree four.\n\nFive.\n", 12)).toBe("One two\nthree four.\n\nFive.\n");
  expect(helpText("One two\nthree four.\n\nFive.\n", 80)).toBe("One two three four.\n\nFive.\n");
});
