import { arn } from "../../../lib/aws/partitions";
import { CallerAccounts } from "../caller-account";
import { jsonOf, withBody, type Shim } from "../shim";
import type { TrailDeliveries } from "../../signal-path/trail-deliveries";

/** Reports a trail's deliveries, which the sandbox makes in moto's place. */
export function trailStatus(deliveries: TrailDeliveries): Shim {
  const callers = new CallerAccounts();
  return {
    service: "cloudtrail",
    operations: ["GetTrailStatus"],
    why: "delivers nothing, and returns the current time as that of the latest delivery",
    does: "returns when the sandbox last delivered a file, a digest, log events and a notification, and the last errors",
    answer: async (request, send, call) => {
      const response = await send(request);
      if (response.status !== 200) return response;
      const name = String(jsonOf(request)["Name"]);
      const trail = name.startsWith("arn:")
        ? name
        : arn(call.region, "cloudtrail", await callers.accountOf(request, send), `trail/${name}`);
      const latest = deliveries.of(trail);
      const deliveryStatus = {
        // Undefined is omitted from JSON, and so is the time that moto invents.
        LatestDeliveryTime: seconds(latest.file),
        LatestDeliveryError: latest.fileError,
        LatestDigestDeliveryTime: seconds(latest.digest),
        LatestDigestDeliveryError: latest.digestError,
        LatestCloudWatchLogsDeliveryTime: seconds(latest.logs),
        LatestCloudWatchLogsDeliveryError: latest.logsError,
        LatestNotificationTime: seconds(latest.notification),
        LatestNotificationError: latest.notificationError,
      };
      return withBody(response, JSON.stringify({ ...jsonOf(response), ...deliveryStatus }));
    },
  };
}

/** The JSON protocol's times are seconds since 1970. */
function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
