const SHOWN = 60;

/** The likely kind of a line that is not JSON, and what to do about it. */
export function foreignText(line: string): string {
  const text = line.trim();
  const shown = shownStart(text);
  if (/(?![\t\n\r])[\p{Cc}\uFFFD]/u.test(text)) return "not JSON: neither text nor a packing that is known";
  if (/^<[!?a-z]/i.test(text)) return `not JSON: markup such as HTML or XML, ${shown}`;
  if (/^#?\s*version[: ]/i.test(text)) return `not JSON: a log in another format, ${shown}`;
  if (/^(?:Events|events|Records):|^---$|^- /.test(text))
    return `not JSON: YAML, ${shown}; run the AWS CLI with '--output json'`;
  if (/^[\w @"-]+(?:,[\w @"-]*){2,}$/.test(text) || /^"@?\w+"(?:,"@?\w+")*$|^@?\w+(?:,@?\w+)+$/.test(text))
    return `not JSON: a CSV file, ${shown}; CloudTrail's console also downloads JSON, and Athena's UNLOAD writes it`;
  if (text.startsWith("H4sI"))
    return `not JSON: gzip in base64, ${shown}; unpack it: while read -r data; do echo "$data" | base64 -d; done < <file> | zcat | trailwatch replay -`;
  if (text.includes("\t") || /^[-+|=]{5,}$/.test(text))
    return `not JSON: a table, ${shown}; run the AWS CLI with '--output json'`;
  return `not JSON: ${shown}`;
}

/** Text that is truncated, such as a line that was written to a full disk. `start`: its beginning. */
export function cutOffText(start: string): string {
  return `not JSON: cut off in the middle, ${shownStart(start.replace(/\s+/g, " "))}`;
}

function shownStart(text: string): string {
  return `'${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}'`;
}
