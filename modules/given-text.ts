import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/** A text as Terraform's JSON will have it: `${aws_sqs_queue.example.arn}` for a token, whose own text differs by synthesis. */
export function givenText(scope: Construct, text: string): string {
  if (!Token.isUnresolved(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver, preparing: false }));
}

/**
 * The same properties, which policies and names are computed from: no tokens, which only Terraform knows the value of.
 *
 * @throws Error that names each property with a token
 */
export function literalText<T extends Readonly<Record<string, string>>>(scope: Construct, properties: T): T {
  const problems = Object.entries(properties)
    .filter(([, value]) => Token.isUnresolved(value))
    .map(
      ([name, value]) =>
        `'${name}' must be known at synthesis, got '${givenText(scope, value)}' (at ${scope.node.path})`,
    );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return properties;
}
