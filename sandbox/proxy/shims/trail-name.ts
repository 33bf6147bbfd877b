import { jsonOf, withBody, type Shim } from "../shim";

/** CloudTrail accepts a trail's name or ARN; moto deletes by name only. */
export const trailName: Shim = {
  service: "cloudtrail",
  operations: ["DeleteTrail"],
  why: "looks the trail up by name only, while the provider sends its ARN: nothing is deleted",
  does: "passes the name instead of the ARN",
  answer: (request, send) => {
    const input = jsonOf(request);
    const name = typeof input["Name"] === "string" ? input["Name"].replace(/^arn:.*:trail\//, "") : input["Name"];
    return send(withBody(request, JSON.stringify({ ...input, Name: name })));
  },
};
