import { alarmEvent } from "./alarm-events";
import { KNOWN } from "./known-alarms";

const FRAGMENTS = [
  ...["\0", "\u0007", "\b", "\t", "\n", "\r", "\r\n", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e"],
  ...["😀", "\ud800", "\udfff", "é", "\u200b", "\ufeff", "ß", "日本"],
  ...[
    '"',
    "'",
    "`",
    "\\",
    "\\n",
    "$",
    "$$",
    "$1",
    "$0",
    "$&",
    "${x}",
    "%{x}",
    "{%",
    "%}",
    "{% $states.input %}",
    "{}",
    "[]",
  ],
  ...["(", ")", "/", "/*", "*/", "~>", ":=", "?:", "^", "%", "&", "|", "#", "<", ">", "<!channel>", "<http://a.b|c>"],
  ...["http://evil.example/x", "https://evil.example", "www.evil.example", "mailto:a@b.example", "://", ".a"],
  ...["\nAccount: payments (444444444444)", "\nSeverity: low", "\nRunbook: https://evil.example/r.md", "Account: "],
  ...["\n\n", "Text of the alarm, as the account sent it, with links disabled:", "\n> ", " (low notice)", " notice)"],
  ...["constructor", "__proto__", "toString", "trailwatch-workloads-", "trailwatch-", "watched-secret-reads"],
  ...[
    "own-deployment",
    "workloads",
    "333333333333",
    "eu-west-1",
    "null",
    "undefined",
    "true",
    "0",
    "-1",
    "1e400",
    "NaN",
  ],
];

/** A value between 0 and 1, the same sequence for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Events that a member could send, and many that it could not. */
export class Hostile {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  event(): unknown {
    const detail = {
      alarmName: this.either(this.name(), 0.2),
      configuration: this.either({ description: this.either(this.text(), 0.1) }, 0.1),
      previousState: { value: "OK" },
      state: this.either({ value: "ALARM", reason: this.either(this.text(), 0.1) }, 0.1),
    };
    const event = alarmEvent({
      detail: this.dropped(detail),
      event: {
        account: this.either(this.of(["333333333333", "444444444444", "999999999999"]), 0.1),
        region: this.either("eu-west-1", 0.1),
        time: this.either("2026-11-22T17:04:40Z", 0.1),
      },
    });
    return this.random() < 0.02 ? this.anything() : this.dropped(event);
  }

  /** What the query of an alarm's events may have found in a log group that a member writes to. */
  details(): unknown {
    const events = Array.from({ length: Math.floor(this.random() * 7) }, () => this.record());
    const details = {
      ...{ count: this.either(events.length, 0.2), isComplete: this.either(true, 0.2) },
      ...{ logGroup: this.either("/aws/events/trailwatch", 0.2), pattern: this.text() },
      ...{ from: this.either(1_795_366_800_000, 0.1), to: this.either(1_795_367_100_000, 0.1) },
      principals: this.either([this.text(), "alice (user)"], 0.2),
      principalCount: this.either(2, 0.2),
      events: this.either(events, 0.1),
    };
    if (this.random() < 0.1) return { problem: this.either(this.text(), 0.2) };
    return this.either(this.dropped(details), 0.05);
  }

  private record(): unknown {
    const calls = ["GetSecretValue", "StopLogging", "ConsoleLogin", this.text()];
    const record = {
      ...{ time: this.either("2026-11-22T17:02:03Z", 0.1), count: this.either(2, 0.1) },
      ...{ principal: this.either(this.text(), 0.1), service: this.either("secretsmanager.amazonaws.com", 0.2) },
      ...{ call: this.of(calls), resource: this.either(this.text(), 0.1), address: this.text() },
      ...{ region: this.either("us-east-2", 0.3), account: this.either("444444444444", 0.3) },
      result: this.of(["ok", "AccessDenied", this.text()]),
    };
    return this.either(this.dropped(record), 0.05);
  }

  private name(): string {
    const account = this.of(["workloads", "payments", this.text()]);
    return `trailwatch-${account}-${this.of([...Object.keys(KNOWN.alarms), this.text()])}`;
  }

  private text(): string {
    const parts = Array.from({ length: Math.floor(this.random() * 8) }, () => this.of(FRAGMENTS));
    const text = parts.join("");
    return this.random() < 0.01 ? text.repeat(2000) : text;
  }

  /** The value, or with a probability anything else. */
  private either(value: unknown, probability: number): unknown {
    return this.random() < probability ? this.anything() : value;
  }

  private anything(): unknown {
    const text = this.text();
    return this.of<unknown>([null, 0, -1.5, true, [], [text], [text, text], [[null]], {}, { [text]: text }, text, ""]);
  }

  /** The object without some of its fields. */
  private dropped(value: object): object {
    return Object.fromEntries(Object.entries(value).filter(() => this.random() > 0.03));
  }

  private of<T>(values: readonly T[]): T {
    return values[Math.floor(this.random() * values.length)] as T;
  }
}
