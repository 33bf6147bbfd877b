import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Argument, BlockSchema, TypeSchema } from "./schema";

/**
 * Reads the schema of resource types and data sources from the bindings that were generated from it.
 *
 * @param folder the unpacked package, with `lib/<type>/index.d.ts` and `index.js`
 * @param modules names of folders of `lib`, such as `sns-topic`, `data-aws-region` and `ephemeral-aws-kms-secrets`
 * @returns by Terraform's names, such as `aws_sns_topic` and `data.aws_region`
 * @throws Error for a folder that the package does not have
 */
export function schemaOfBindings(folder: string, modules: readonly string[]): Record<string, TypeSchema> {
  return Object.fromEntries(modules.map((name) => schemaOfModule(folder, name)));
}

function schemaOfModule(folder: string, name: string): [string, TypeSchema] {
  const declarations = join(folder, "lib", name, "index.d.ts");
  if (!existsSync(declarations)) throw new Error(`the newest provider has no '${name}'`);
  const file = ts.createSourceFile(declarations, readFileSync(declarations, "utf8"), ts.ScriptTarget.Latest);
  const interfaces = new Map(
    file.statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one] as const),
  );
  const config = [...interfaces.values()].find(({ heritageClauses }) => heritageClauses !== undefined);
  const type = /tfResourceType = "(\w+)"/.exec(file.text)?.[1];
  if (config === undefined || type === undefined) throw new Error(`'${declarations}' is not of a resource`);
  const code = readFileSync(join(folder, "lib", name, "index.js"), "utf8");
  const attributes = Array.from(code.matchAll(/get\w*Attribute\('(\w+)'\)/g), ([, attribute = ""]) => attribute);
  const lists = Array.from(code.matchAll(/new \w+\(this, "(\w+)"/g), ([, attribute = ""]) => attribute);
  const [, kind] = /^(data|ephemeral)-aws-/.exec(name) ?? [];
  return [
    `${kind === undefined ? "" : `${kind}.`}${type}`,
    { arguments: blockOf(config, interfaces, file), attributes: [...new Set([...attributes, ...lists])].sort() },
  ];
}

function blockOf(
  declaration: ts.InterfaceDeclaration,
  interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>,
  file: ts.SourceFile,
): BlockSchema {
  return Object.fromEntries(
    declaration.members.filter(ts.isPropertySignature).map((member): [string, Argument] => {
      // The comment names the argument as Terraform spells it: {@link https://…#name Type#name}
      const name = /[#](\w+)\}/.exec(member.getFullText(file))?.[1];
      const type = member.type
        ?.getText(file)
        .replace(/\s/g, "")
        .replace(/\|(cdktn|cdktf)\.IResolvable/g, "");
      if (name === undefined || type === undefined)
        throw new Error(`${declaration.name.text}: unknown form of a member`);
      const required = member.questionToken === undefined;
      const block = interfaces.get(type.replace(/\[\]$/, ""));
      if (block === undefined) return [name, { type: simpleType(type), required }];
      return [
        name,
        { type: type.endsWith("[]") ? "blocks" : "block", required, block: blockOf(block, interfaces, file) },
      ];
    }),
  );
}

const SIMPLE: Readonly<Record<string, string>> = {
  "{[key:string]:string;}": "map of string",
  "{[key:string]:boolean;}": "map of boolean",
  "{[key:string]:number;}": "map of number",
  "string[]": "list of string",
  "number[]": "list of number",
};

function simpleType(type: string): string {
  if (["string", "number", "boolean"].includes(type)) return type;
  return SIMPLE[type] ?? "any";
}
