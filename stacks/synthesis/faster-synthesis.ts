import { Aspects, TerraformElement, TerraformStack } from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { ValidateBinaryVersion } from "cdktf/lib/validations/validate-binary-version";
import { spellingOnce } from "./faster-names";
import { remembering, splittingInOnePass, untilItPasses } from "./faster-steps";
import { forgetFragments, keepFragments, mergingWhatIsKept, writingFaster } from "./faster-writing";
import { isPlainSynthesis } from "./plain-synthesis";
/* eslint-disable @typescript-eslint/no-require-imports -- a namespace import may be a copy; these change the modules. */
import tokens = require("cdktf/lib/_tokens");
import unique = require("cdktf/lib/private/unique");
import encoding = require("cdktf/lib/tokens/private/encoding");
import resolution = require("cdktf/lib/tokens/private/resolve");
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");
import util = require("cdktf/lib/util");
/* eslint-enable @typescript-eslint/no-require-imports */

let isFaster = false;

/**
 * Makes cdktf 0.21 synthesize faster, with output that is the same byte for byte. Three steps take most of its time:
 * recording where each token was made, resolving data that holds no token, and rendering every element twice. The next
 * are merging and writing a stack (`faster-writing.ts`), spelling argument names (`faster-names.ts`), finding tokens in
 * texts (`faster-steps.ts`), and hashing the paths of elements, which are the same in every account's stack. With a
 * `cloud` backend, each stack starts `terraform version`.
 */
export function makeSynthesisFaster(env: NodeJS.ProcessEnv = process.env): void {
  if (isFaster || isPlainSynthesis(env)) return;
  isFaster = true;
  // Only the error message for an unresolvable token shows it.
  stackTrace.captureStackTrace = () => [];
  resolution.resolve = resolverThatCopies(resolution.resolve);
  util.keysToSnakeCase = spellingOnce(util.keysToSnakeCase);
  unique.makeUniqueId = remembering(unique.makeUniqueId);
  const text = encoding.TokenString.prototype as unknown as { split: Parameters<typeof splittingInOnePass>[0] };
  text.split = splittingInOnePass(text.split);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a validation.
  ValidateBinaryVersion.prototype.validate = untilItPasses(ValidateBinaryVersion.prototype.validate);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a stack.
  TerraformStack.prototype.prepareStack = preparationThatKeeps(TerraformStack.prototype.prepareStack);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a stack.
  TerraformStack.prototype.toTerraform = mergingWhatIsKept(TerraformStack.prototype.toTerraform);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a synthesizer.
  StackSynthesizer.prototype.synthesize = writingFaster(StackSynthesizer.prototype.synthesize);
}

/** Resolved values of texts with tokens, in the stack that is being prepared. */
const textsOf = new WeakMap<object, Map<string, string>>();

type Resolve = typeof resolution.resolve;

/**
 * Appears in every text that holds a token; numbers that stand for one are about -1e289 and -8e298. Source:
 * cdktf/lib/tokens/private/encoding.js and token.js, 0.21.
 */
const [TOKEN, NUMBER] = ["Token", "e+2"] as const;

/** Deeper than any real data: a circular reference, which cdktf reports. */
const MAX_DEPTH = 100;

/**
 * cdktf makes a context and tries half a dozen expressions on each value and key, at every depth, several times for
 * each resource. Data without tokens resolves to itself without undefined values: it is copied here. cdktf resolves the
 * rest.
 */
function resolverThatCopies(byCdktf: Resolve): Resolve {
  return (value, options) => {
    // While a stack is prepared, a text always resolves to the same value: most tokens are in many elements.
    const known = options.preparing ? textsOf.get(options.scope) : undefined;
    try {
      return resolve(value, 0);
    } catch {
      // Its message depends on the location.
      return byCdktf(value, options) as unknown;
    }

    function resolveText(text: string): unknown {
      const resolved: unknown = known?.get(text) ?? byCdktf(text, options);
      // A cached list or map would be shared.
      if (typeof resolved === "string") known?.set(text, resolved);
      return resolved;
    }

    function resolve(part: unknown, depth: number): unknown {
      if (part === undefined || part === null || typeof part === "boolean") return part;
      if (isPlain(part)) return part;
      if (typeof part === "string") return resolveText(part);
      if (depth > MAX_DEPTH) throw new Error("a circle");
      if (Array.isArray(part)) {
        // One element may stand for a whole list.
        if (part.some((element) => isScalar(element) && !isPlain(element))) return byCdktf(part, options);
        return part.map((element) => resolve(element, depth + 1)).filter((element) => element !== undefined);
      }
      if (!isData(part)) return byCdktf(part, options);
      const keys = Object.keys(part);
      // One key may stand for a whole map.
      if (!keys.every(isPlain)) return byCdktf(part, options);
      const result: Record<string, unknown> = {};
      for (const key of keys) {
        const resolved = resolve(part[key], depth + 1);
        if (resolved !== undefined) result[key] = resolved;
      }
      return result;
    }
  };
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

/** Text and numbers that neither are nor hold a token; encoded tokens are negative. */
function isPlain(value: unknown): boolean {
  if (typeof value === "string") return !value.includes(TOKEN) && !value.includes(NUMBER);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  return (
    Object.getPrototypeOf(value) === Object.prototype && typeof (value as { resolve?: unknown }).resolve !== "function"
  );
}

/**
 * cdktf renders each element to find its references to other stacks, discards the result, and renders it again to write
 * it. This keeps the result for that one use, unless an aspect may change the element in between.
 */
function preparationThatKeeps(byCdktf: () => void): () => void {
  return function prepareStack(this: TerraformStack): void {
    const nodes = this.node.findAll();
    if ([...this.node.scopes, ...nodes].some((node) => Aspects.of(node).all.length > 0)) {
      forgetFragments(this);
      byCdktf.call(this);
      return;
    }
    this.ensureBackendExists();
    textsOf.set(this, new Map());
    const fragments = new Map<TerraformElement, Record<string, unknown>>();
    for (const node of this.node.findAll()) {
      if (!TerraformElement.isTerraformElement(node)) continue;
      fragments.set(node, tokens.resolve(this, node.toTerraform(), true) as Record<string, unknown>);
    }
    textsOf.delete(this);
    keepFragments(this, fragments);
  };
}
