import { isRecord } from "../../lib/support/is-record";
import type { TopicMessage } from "./subscriber-delivery";

/**
 * The message for each protocol: the text of its name, otherwise `default`, which must exist. Source: SNS API, Publish,
 * `MessageStructure`.
 */
export function messagesByProtocol(message: TopicMessage): (protocol: string) => TopicMessage {
  if (message.isByProtocol !== true) return () => message;
  const texts = parsedTexts(message.message);
  return (protocol) => ({ ...message, message: texts[protocol] ?? texts["default"] ?? "" });
}

function parsedTexts(json: string): Readonly<Record<string, string>> {
  const refusal = (problem: string): Error => new Error(`Invalid parameter: Message Structure - ${problem}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw refusal("JSON message body failed to parse");
  }
  if (!isRecord(parsed) || typeof parsed["default"] !== "string") {
    throw refusal("No default entry in JSON message body");
  }
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
