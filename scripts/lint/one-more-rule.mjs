#!/usr/bin/env node
// oxlint starts this in place of tsgolint (see oxlint.config.mjs): it runs tsgolint with one more rule, which oxlint does
// not know yet, and reports what that finds under a rule that oxlint knows. Remove this once oxlint knows the rule.
// tsgolint fails if it does not have the rule, and oxlint then does too.
import { readFileSync } from "node:fs";
import { encoded, tsgolint } from "../tsgolint.mjs";

/** Where a class is expected, only what its constructor made. */
const RULE = "no-unsafe-class-instance-assignment";
const KNOWN = "no-unsafe-assignment";

const input = JSON.parse(readFileSync(0, "utf8"));
for (const { rules } of input.configs) if (rules.some(({ name }) => name === KNOWN)) rules.push({ name: RULE });
const { status, messages } = tsgolint(input);
for (const { kind, text } of messages) {
  const message = JSON.parse(text);
  if (message.rule === RULE) {
    message.rule = KNOWN;
    message.message.description += ` (${RULE})`;
  }
  process.stdout.write(encoded({ kind, text: JSON.stringify(message) }));
}
process.exitCode = status;
