import { Aspects, TerraformElement, TerraformStack } from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { spellingOnce } from "./faster-names";
import { forgetFragments, keepFragments, mergingWhatIsKept, writingFaster } from "./faster-writing";
/* eslint-disable @typescript-eslint/no-require-imports -- a namespace import may be a copy; these change the modules. */
import tokens = require("cdktf/lib/_tokens");
import unique = require("cdktf/lib/private/unique");
import resolution = require("cdktf/lib/tokens/private/resolve");
import stackTrace = require("cdktf/lib/tokens/private/stack-trace");
import util = require("cdktf/lib/util");
/* eslint-enable @typescript-eslint/no-require-imports */

/** Whether cdktf is to be left as it is: `TRAILWATCH_PLAIN_SYNTHESIS` is set, by whoever suspects what is done here. */
export function isPlainSynthesis(env: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(env.TRAILWATCH_PLAIN_SYNTHESIS);
}

let isFaster = false;

/**
 * Makes cdktf 0.21 synthesize faster. What it writes is the same, byte for byte. Three things cost most of its time: to
 * note where each token was made, to resolve data that holds no token, and to render every element twice; after these,
 * to merge and write a stack (`faster-writing.ts`), to spell the names of arguments (`faster-names.ts`), and to hash the
 * paths of elements, which are the same in one account's stack as in another's.
 */
export function makeSynthesisFaster(env: NodeJS.ProcessEnv = process.env): void {
  if (isFaster || isPlainSynthesis(env)) return;
  isFaster = true;
  // Nothing but the message of an error in resolving a token shows it.
  stackTrace.captureStackTrace = () => [];
  resolution.resolve = resolverThatCopies(resolution.resolve);
  util.keysToSnakeCase = spellingOnce(util.keysToSnakeCase);
  unique.makeUniqueId = remembering(unique.makeUniqueId);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a stack.
  TerraformStack.prototype.prepareStack = preparationThatKeeps(TerraformStack.prototype.prepareStack);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a stack.
  TerraformStack.prototype.toTerraform = mergingWhatIsKept(TerraformStack.prototype.toTerraform);
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a synthesizer.
  StackSynthesizer.prototype.synthesize = writingFaster(StackSynthesizer.prototype.synthesize);
}

/** What texts with tokens are resolved to, in the stack that is being prepared. */
const textsOf = new WeakMap<object, Map<string, string>>();

type Resolve = typeof resolution.resolve;

/**
 * What is in all text that holds a token, or a number that stands for one: those are about -1e289 and -8e298. Source:
 * cdktf/lib/tokens/private/encoding.js and token.js, 0.21.
 */
const [TOKEN, NUMBER] = ["Token", "e+2"] as const;

/** Deeper than anything that is meant: a circle, which cdktf reports. */
const MAX_DEPTH = 100;

/**
 * cdktf makes a context and tries half a dozen expressions on each value and key, at every depth, several times for each
 * resource. Data that holds no token resolves to itself without what is undefined: it is copied. cdktf gets the rest.
 */
function resolverThatCopies(byCdktf: Resolve): Resolve {
  return (value, options) => {
    // While a stack is prepared, one text is resolved to one value: most tokens are in many elements.
    const known = options.preparing ? textsOf.get(options.scope) : undefined;
    try {
      return resolve(value, 0);
    } catch {
      // Its message tells where.
      return byCdktf(value, options) as unknown;
    }

    function resolveText(text: string): unknown {
      const resolved: unknown = known?.get(text) ?? byCdktf(text, options);
      // A list or map would be shared.
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

/** Text and numbers that are no token and hold none; encoded tokens are negative. */
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
 * cdktf renders each element to find what it needs of other stacks, throws that away, and renders it once more to write
 * it. What was rendered is kept for that one use, unless an aspect may change the element in between.
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

/** Remembers the ids of elements, of which there are some hundreds: paths begin below the stack. */
function remembering(idOf: (path: string[]) => string): (path: string[]) => string {
  const ids = new Map<string, string>();
  return (path) => {
    const key = path.join("/");
    const id = ids.get(key) ?? idOf(path);
    ids.set(key, id);
    return id;
  };
}
