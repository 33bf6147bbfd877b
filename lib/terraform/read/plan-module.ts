import { templateOf } from "../template";
import { blocksOf, isArguments, textOfArgument, type Arguments } from "./arguments";
import { leaves, parseReference, type PlanReference } from "./plan-reference";
import { filled } from "./plan-unknowns";

/** A planned resource. Unknown values are replaced by references where the configuration has them. */
export interface PlannedResource {
  readonly type: string;
  /** Its address without the type, unique within the plan. */
  readonly key: string;
  /** Key of its provider in the configuration. */
  readonly provider: string;
  readonly values: Arguments;
}

/** One instance of a resource within its module. */
interface Instance extends PlannedResource {
  readonly name: string;
  readonly index: unknown;
  readonly configuration: Arguments;
}

interface Call {
  readonly inputs: Arguments;
  readonly parent?: PlanModule;
}

/** One instance of a module of a plan: planned values, and the configuration that they come from. */
export class PlanModule {
  /** Such as `module.alarm["a"]`; empty for the root. */
  private readonly address: string;
  private readonly instances: readonly Instance[];
  private readonly children: readonly PlanModule[];

  static ofRoot(document: Arguments): PlanModule {
    const [planned = {}] = blocksOf(document, "planned_values").flatMap((values) => blocksOf(values, "root_module"));
    const [configuration = {}] = blocksOf(document, "configuration").flatMap((all) => blocksOf(all, "root_module"));
    const [variables = {}] = blocksOf(document, "variables");
    const inputs = Object.entries(variables).map(([name, variable]) => [
      name,
      { constant_value: isArguments(variable) ? variable["value"] : undefined },
    ]);
    return new PlanModule(planned, configuration, { inputs: Object.fromEntries(inputs) as Arguments });
  }

  private constructor(
    planned: Arguments,
    private readonly configuration: Arguments,
    private readonly call: Call,
  ) {
    this.address = textOfArgument(planned, "address") ?? "";
    const configured = blocksOf(configuration, "resources");
    this.instances = blocksOf(planned, "resources").map((resource) => instanceOf(resource, configured));
    const [calls = {}] = blocksOf(configuration, "module_calls");
    this.children = blocksOf(planned, "child_modules").flatMap((child) =>
      blocksOf(calls, this.nameOf(child)).flatMap((called) => {
        const [inputs = {}] = blocksOf(called, "expressions");
        return blocksOf(called, "module").map((module) => new PlanModule(child, module, { inputs, parent: this }));
      }),
    );
  }

  /** Its resources and those of the modules within. */
  allResources(): readonly PlannedResource[] {
    const own = this.instances.map((resource) => ({
      ...resource,
      values: {
        ...filled(resource, (expression) => this.textsOf(expression, resource.index)),
        provider: resource.provider,
      },
    }));
    return [...own, ...this.children.flatMap((child) => child.allResources())];
  }

  /**
   * The texts that an expression can evaluate to: constants, and references to resources as Terraform JSON writes them.
   * A reference that cannot be followed is returned as it is. `index`: that of the instance whose expression it is.
   */
  textsOf(expression: unknown, index?: unknown): readonly string[] {
    if (!isArguments(expression)) return [];
    const constant = expression["constant_value"];
    if (constant !== undefined)
      return (Array.isArray(constant) ? (constant as unknown[]) : [constant]).map(String).map(templateOf);
    return leaves(expression["references"]).flatMap((text) => {
      const reference = parseReference(text);
      const texts = reference === undefined ? [] : this.follow(reference, index);
      return texts.length > 0 ? texts : [`\${${text}}`];
    });
  }

  private follow(reference: PlanReference, index: unknown): readonly string[] {
    switch (reference.kind) {
      case "variable":
        return this.input(reference.name);
      case "output":
        return this.children
          .filter((child) => child.isInstanceOf(reference.module, reference.index))
          .flatMap((child) => child.output(reference.name));
      case "resource": {
        const { type, name, attribute } = reference;
        const all = this.instances.filter((instance) => instance.type === type && instance.name === name);
        // 'x[each.key]' is written as 'x' and 'each.key': it refers to the instance of the same key.
        const same = all.filter((instance) => instance.index === (reference.index ?? index));
        return (same.length > 0 ? same : all).map(({ key }) => `\${${type}.${key}.${attribute}}`);
      }
    }
  }

  private input(name: string): readonly string[] {
    const { inputs, parent = this } = this.call;
    if (Object.hasOwn(inputs, name)) return parent.textsOf(inputs[name]);
    const [variables = {}] = blocksOf(this.configuration, "variables");
    return blocksOf(variables, name).flatMap((variable) => this.textsOf({ constant_value: variable["default"] }));
  }

  private output(name: string): readonly string[] {
    const [outputs = {}] = blocksOf(this.configuration, "outputs");
    return blocksOf(outputs, name).flatMap((output) => this.textsOf(output["expression"]));
  }

  private isInstanceOf(module: string, index: number | string | undefined): boolean {
    const { parent } = this.call;
    const own = `module.${module}`;
    const address = parent === undefined || parent.address === "" ? own : `${parent.address}.${own}`;
    if (index !== undefined) return this.address === `${address}[${JSON.stringify(index)}]`;
    return this.address === address || this.address.startsWith(`${address}[`);
  }

  /** The name of a nested module, without the key of its instance. */
  private nameOf(child: Arguments): string {
    const address = textOfArgument(child, "address") ?? "";
    const own = this.address === "" ? address : address.slice(this.address.length + 1);
    return /^module\.([^.[]+)/.exec(own)?.[1] ?? "";
  }
}

function instanceOf(resource: Arguments, configured: readonly Arguments[]): Instance {
  const type = textOfArgument(resource, "type") ?? "";
  const name = textOfArgument(resource, "name") ?? "";
  const [values = {}] = blocksOf(resource, "values");
  const configuration = configured.find((block) => block["type"] === type && block["name"] === name) ?? {};
  return {
    type,
    name,
    index: resource["index"],
    key: (textOfArgument(resource, "address") ?? name).replace(`${type}.`, ""),
    provider: textOfArgument(configuration, "provider_config_key") ?? "aws",
    values,
    configuration,
  };
}
