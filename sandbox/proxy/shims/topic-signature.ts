import { withBody, type Shim } from "../shim";

const NAME = "SignatureVersion";

/** Stores the signature version of each topic, by ARN: moto accepts the attribute but never returns it. */
export function topicSignature(): Shim {
  const versions = new Map<string, string>();
  return {
    service: "sns",
    operations: ["CreateTopic", "SetTopicAttributes", "GetTopicAttributes", "DeleteTopic"],
    why: "leaves `SignatureVersion` out of a topic's attributes, so that every plan would set it again",
    does: "returns the version that was set last, 1 by default",
    answer: async (request, send, call) => {
      const response = await send(request);
      if (response.status !== 200) return response;
      const input = new URLSearchParams(request.body.toString("utf8"));
      const xml = response.body.toString("utf8");
      const topic = input.get("TopicArn") ?? /<TopicArn>([^<]+)/.exec(xml)?.[1] ?? "";
      switch (call.operation) {
        case "CreateTopic":
          for (const [name, value] of attributesOf(input)) if (name === NAME) versions.set(topic, value);
          return response;
        case "SetTopicAttributes":
          if (input.get("AttributeName") === NAME) versions.set(topic, input.get("AttributeValue") ?? "");
          return response;
        case "DeleteTopic":
          versions.delete(topic);
          return response;
        default: {
          const entry = `<entry><key>${NAME}</key><value>${versions.get(topic) ?? "1"}</value></entry>`;
          return withBody(response, xml.replace("</Attributes>", `${entry}</Attributes>`));
        }
      }
    },
  };
}

/** `Attributes.entry.1.key=…&Attributes.entry.1.value=…` */
function attributesOf(input: URLSearchParams): [string, string][] {
  return [...input].flatMap(([parameter, name]) => {
    const entry = /^(Attributes\.entry\.\d+)\.key$/.exec(parameter)?.[1];
    return entry === undefined ? [] : [[name, input.get(`${entry}.value`) ?? ""]];
  });
}
