import { any, equals, isTrue } from "./condition";

/**
 * CloudTrail left out the request parameters because they exceed 100 KB; a policy padded with blanks does. `omitted` is
 * the boolean `true` in most records and text in some.
 * Source: CloudTrail User Guide, "CloudTrail record contents".
 */
export const OMITTED = any(isTrue("requestParameters.omitted"), equals("requestParameters.omitted", "true"));

/** The same for the response, such as that to a call that creates hundreds of rules. */
export const RESPONSE_OMITTED = any(isTrue("responseElements.omitted"), equals("responseElements.omitted", "true"));
