import { jsonOf, withBody, type Shim } from "../shim";

/** The provider requests one trail and uses the first answer, whichever trail it is. */
export const describeTrails: Shim = {
  service: "cloudtrail",
  operations: ["DescribeTrails"],
  why: "ignores `trailNameList` and returns every trail of the account",
  does: "returns the requested trails, by name or ARN",
  answer: async (request, send) => {
    const response = await send(request);
    const wanted = jsonOf(request)["trailNameList"];
    const trails = jsonOf(response)["trailList"];
    if (!Array.isArray(wanted) || wanted.length === 0 || !Array.isArray(trails)) return response;
    const trailList = trails.filter(
      (trail: Record<string, unknown>) => wanted.includes(trail["Name"]) || wanted.includes(trail["TrailARN"]),
    );
    return withBody(response, JSON.stringify({ trailList }));
  },
};
