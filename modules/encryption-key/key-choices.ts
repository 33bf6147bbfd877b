import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { KeyChoice, KeyPurpose } from "../../lib/naming/key-purposes";

type Choices = (purpose: KeyPurpose) => KeyChoice;

const choicesOf = new WeakMap<TerraformStack, Choices>();

/** Sets where the keys of a stack come from. */
export function chooseKeys(stack: TerraformStack, choices: Choices): void {
  choicesOf.set(stack, choices);
}

/** The key of a purpose in the stack; without a choice, one is created. */
export function keyChoiceIn(scope: Construct, purpose: KeyPurpose): KeyChoice {
  return choicesOf.get(TerraformStack.of(scope))?.(purpose) ?? "customer-key";
}
