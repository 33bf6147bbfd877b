import { templateOfArgument, templatesOfArgument, type Arguments } from "./arguments";
import { regionOf, resolveText } from "./references";
import type { Stack } from "./stack";

/** Reads arguments with their references resolved, and records each reference that cannot be resolved. */
export class StackReader {
  constructor(
    private readonly stack: Stack,
    private readonly warnings: string[],
    private readonly refusals: string[] = [],
  ) {}

  namesOf(type: string): readonly string[] {
    return Object.keys(this.stack.resources[type] ?? {});
  }

  arguments(type: string, name: string): Arguments {
    return this.stack.resources[type]?.[name] ?? {};
  }

  /** All resources of a type, with their arguments. */
  all(type: string): readonly (readonly [string, Arguments])[] {
    return Object.entries(this.stack.resources[type] ?? {});
  }

  region(resource: Arguments): string {
    return regionOf(this.stack, resource) ?? "";
  }

  /** A required text of the resource; undefined, with a warning, when it is missing or unknown. */
  text(type: string, name: string, argument: string): string | undefined {
    const text = templateOfArgument(this.arguments(type, name), argument);
    if (text === undefined) {
      this.warn(type, name, `'${argument}' is missing`);
      return undefined;
    }
    return this.resolve(text, `${type}.${name}`, argument);
  }

  /** The texts whose value is known. */
  texts(type: string, name: string, argument: string): string[] {
    return templatesOfArgument(this.arguments(type, name), argument).flatMap(
      (text) => this.resolve(text, `${type}.${name}`, argument) ?? [],
    );
  }

  /** A text with its references resolved; undefined when one is unknown. */
  resolved(text: string): string | undefined {
    return resolveText(this.stack, text);
  }

  warn(type: string, name: string, message: string): void {
    this.warnings.push(`${this.stack.file}: ${type}.${name}: ${message}; left out`);
  }

  /** Records what AWS would refuse: a deployment that fails cannot be evaluated. */
  refuse(type: string, name: string, refusal: string): void {
    this.refusals.push(`${refusal} (at ${this.stack.file}: ${type}.${name})`);
  }

  private resolve(text: string, address: string, argument: string): string | undefined {
    const resolved = resolveText(this.stack, text);
    if (resolved === undefined) {
      this.warnings.push(`${this.stack.file}: ${address}: '${argument}' is not known before Terraform runs: ${text}`);
    }
    return resolved;
  }
}
