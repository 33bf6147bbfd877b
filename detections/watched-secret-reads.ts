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

/**
 * CloudWatch filter patterns for reads of the secrets, one for each name or family: all spellings of one take the
 * three wildcards that a pattern may have. No read matches two of the patterns, so that their filters can count on
 * one metric.
 *
 * @param secrets names or ARNs; a trailing `*` stands for anything
 * @param recordRoot selector of the CloudTrail record within a log event
 */
export function watchedSecretReadPatterns(secrets: readonly string[], recordRoot: "$" | "$.detail"): string[] {
  const selector = (field: string): string => `${recordRoot}.${field}`;
  const spellings = secrets.map(spellingsOf);
  const all = spellings.flat();
  const seen = new Set<string>();

  return spellings.flatMap((own) => {
    const values = own
      .filter((spelling) => !all.some((other) => covers(other, spelling)))
      .map(wildcardText)
      .filter((value) => !seen.has(value));
    values.forEach((value) => seen.add(value));
    if (values.length === 0) return [];

    const anySpelling = values.map((value) => `(${selector("requestParameters.secretId")} = "${value}")`).join(" || ");
    return [
      `{ (${selector("eventSource")} = "secretsmanager.amazonaws.com") && ` +
        `(${selector("eventName")} = "GetSecretValue") && (${anySpelling}) }`,
    ];
  });
}

function spellingsOf(secret: string): Spelling[] {
  const name = secret.replace(/^arn:aws:secretsmanager:[^:]+:\d{12}:secret:/, "");
  const isArn = name !== secret;
  if (name.endsWith("*")) return family(name.slice(0, -1), isArn);
  return exact(isArn ? name.replace(/-[A-Za-z0-9]{6}$/, "") : name);
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
  return isArn && prefix.endsWith("-")
    ? [{ by: "name", text: prefix.slice(0, -1), open: false }, ...spellings]
    : spellings;
}

/** Whether `other` matches whatever `spelling` matches, and more. */
function covers(other: Spelling, spelling: Spelling): boolean {
  if (!other.open || other === spelling) return false;
  // A family as wide as `*` or `a*` also matches what begins with `arn:`.
  if (other.by === "name" && spelling.by === "arn") return "arn:aws:secretsmanager:".startsWith(other.text);
  if (other.by !== spelling.by || !spelling.text.startsWith(other.text)) return false;
  return spelling.text !== other.text || !spelling.open;
}

function wildcardText({ by, text, open }: Spelling): string {
  return `${by === "arn" ? "*:secret:" : ""}${text}${open ? "*" : ""}`;
}
