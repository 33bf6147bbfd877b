/** What a filter pattern compares `requestParameters.secretId` with. */
interface Spelling {
  /** Callers name a secret by its name or by its ARN; an ARN may lack the random suffix. */
  readonly by: "name" | "arn";
  readonly text: string;
  /** Whether anything may follow the text. */
  readonly open: boolean;
}

/** Reads of the secrets that an account watches, by name or by ARN. */
export const WATCHED_SECRET_READS = {
  id: "watched-secret-reads",
  title: "Watched secret read",
  /** EventBridge pattern of the events that it needs; the rule must see read-only events. */
  eventPattern: {
    source: ["aws.secretsmanager"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["secretsmanager.amazonaws.com"], eventName: ["GetSecretValue"] },
  },
} as const;

/** CloudWatch's limits on a filter pattern. Source: CloudWatch Logs User Guide, filter pattern syntax; PutMetricFilter. */
const MAX_WILDCARDS = 3;
const MAX_PATTERN_LENGTH = 1024;

/**
 * CloudWatch filter patterns for reads of the secrets, one for each name or family, or more where its spellings do not
 * fit into one pattern. No read matches two of the patterns, so that their filters can count on one metric.
 *
 * @param secrets names or ARNs; a trailing `*` stands for anything
 * @param recordRoot selector of the CloudTrail record within a log event
 */
export function watchedSecretReadPatterns(secrets: readonly string[], recordRoot: "$" | "$.detail"): string[] {
  const spellings = secrets.map(spellingsOf);
  const all = spellings.flat();
  const seen = new Set<string>();

  return spellings.flatMap((own) => {
    const left = own
      .filter((spelling) => !all.some((other) => covers(other, spelling)))
      .filter((spelling) => !seen.has(wildcardText(spelling)));
    left.forEach((spelling) => seen.add(wildcardText(spelling)));
    return patternsOf(left, recordRoot);
  });
}

/** As few patterns as hold all the spellings. A single one always fits: names have at most 512 characters. */
function patternsOf(spellings: readonly Spelling[], recordRoot: string): string[] {
  const groups: Spelling[][] = [];
  for (const spelling of spellings) {
    const last = groups.at(-1);
    if (last !== undefined && fits(patternOf([...last, spelling], recordRoot))) last.push(spelling);
    else groups.push([spelling]);
  }
  return groups.map((group) => patternOf(group, recordRoot));
}

function fits(pattern: string): boolean {
  return pattern.length <= MAX_PATTERN_LENGTH && pattern.split("*").length - 1 <= MAX_WILDCARDS;
}

function patternOf(spellings: readonly Spelling[], recordRoot: string): string {
  const anySpelling = spellings
    .map((spelling) => condition(`${recordRoot}.requestParameters.secretId`, spelling))
    .join(" || ");
  return (
    `{ (${recordRoot}.eventSource = "secretsmanager.amazonaws.com") && ` +
    `(${recordRoot}.eventName = "GetSecretValue") && (${anySpelling}) }`
  );
}

function condition(selector: string, spelling: Spelling): string {
  const equal = `(${selector} = "${wildcardText(spelling)}")`;
  return beginsArns(spelling) ? `(${equal} && (${selector} != "arn:*"))` : equal;
}

/** Whether a family of names (`a*`) also has the text of every ARN in it. All secrets (`*`) are meant to. */
function beginsArns({ by, text, open }: Spelling): boolean {
  return by === "name" && open && text !== "" && "arn:".startsWith(text);
}

function spellingsOf(secret: string): Spelling[] {
  const name = secret.replace(/^arn:aws:secretsmanager:[^:]+:\d{12}:secret:/, "");
  const isArn = name !== secret;
  if (name.endsWith("*")) return family(name.slice(0, -1), isArn);

  const withoutSuffix = isArn ? name.replace(/-[A-Za-z0-9]{6}$/, "") : name;
  if (withoutSuffix === name) return exact(name);
  // An ARN may lack the suffix, and the name may end like one (`my-secret`): both names are meant.
  return [{ by: "name", text: name, open: false }, ...exact(withoutSuffix)];
}

function exact(name: string): Spelling[] {
  return [
    { by: "name", text: name, open: false },
    { by: "arn", text: name, open: false },
    { by: "arn", text: `${name}-`, open: true },
  ];
}

function family(prefix: string, isArn: boolean): Spelling[] {
  const spellings: Spelling[] = [
    { by: "name", text: prefix, open: true },
    { by: "arn", text: prefix, open: true },
  ];
  // In an ARN, `name-*` most often means the suffix: then the secret of that very name is meant too.
  if (!isArn || !prefix.endsWith("-")) return spellings;
  const name = prefix.slice(0, -1);
  return [{ by: "name", text: name, open: false }, { by: "arn", text: name, open: false }, ...spellings];
}

/** Whether `other` matches whatever `spelling` matches, and more. */
function covers(other: Spelling, spelling: Spelling): boolean {
  const everything = other.by === "name" && other.text === "";
  if (!other.open || (other.by !== spelling.by && !everything)) return false;
  return spelling.text.startsWith(other.text) && wildcardText(spelling) !== wildcardText(other);
}

function wildcardText({ by, text, open }: Spelling): string {
  return `${by === "arn" ? "*:secret:" : ""}${text}${open ? "*" : ""}`;
}
