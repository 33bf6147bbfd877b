import { Help, type Command, type Option } from "commander";
import { continued, flowing } from "./wrap";
import { widthOf } from "./terminal";

/** Width of help in a file or a pipe, as of commander. */
const USUAL_COLUMNS = 80;

const COMMAND = "  $ ";
/** Indent of a description below its term. */
const DESCRIPTION = "      ";

/**
 * Makes the help of a command and its subcommands fit the terminal, texts after the options included, and leaves out
 * defaults that say nothing to a reader, such as `[]`.
 *
 * @returns the command
 */
export function withReadableHelp<T extends Command>(command: T): T {
  for (const one of command.commands) withReadableHelp(one);
  command.configureHelp({ optionDescription, formatItem });
  command.configureOutput({
    writeOut: (text) => {
      const width = widthOf(process.stdout);
      process.stdout.write(helpText(text, width === Infinity ? USUAL_COLUMNS : width));
    },
  });
  return command;
}

/** Like commander's, without defaults that are off, empty, or described in the text. */
function optionDescription(this: Help, option: Option): string {
  const { defaultValueDescription, description } = option;
  const defaultValue: unknown = option.defaultValue;
  const isReadable = typeof defaultValue === "string" || typeof defaultValue === "number";
  const isShown = (isReadable || defaultValueDescription !== undefined) && !description.includes("(default: ");
  const shown = isShown ? option : (Object.create(option, { defaultValue: { value: undefined } }) as Option);
  return Help.prototype.optionDescription.call(this, shown);
}

/** Like commander's; where a terminal is too narrow for two columns, the description stands below the term. */
function formatItem(this: Help, ...[term, termWidth, description, helper]: Parameters<Help["formatItem"]>): string {
  const width = this.helpWidth ?? USUAL_COLUMNS;
  if (description === "" || width - termWidth >= this.minWidthToWrap + DESCRIPTION.length) {
    return Help.prototype.formatItem.call(this, term, termWidth, description, helper);
  }
  return [`  ${term}`, ...flowing(DESCRIPTION + description, width, DESCRIPTION.length)].join("\n");
}

/** Paragraphs flow, a command is continued in the next line, where a shell reads it as one. */
export function helpText(text: string, width: number): string {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const isFurther = /^\S/.test(line) && /^\S/.test(lines.at(-1) ?? "");
    if (isFurther) lines.push(`${lines.pop() ?? ""} ${line}`);
    else lines.push(line);
  }
  return lines
    .flatMap((line) => {
      if (line.startsWith(COMMAND)) return continued(line, width);
      return /^\S/.test(line) ? flowing(line, width, 0) : flowing(line, width);
    })
    .join("\n");
}
