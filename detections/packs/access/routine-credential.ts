import { all, equals, exists, isTrue, not } from "../../condition";

// What `long-lived-credential-created` leaves to the notice `user-or-second-factor-added`.

/** A password that must be changed at the next sign-in. */
export const TEMPORARY_PASSWORD = isTrue("requestParameters.passwordResetRequired");

/** A call without a user name is for the IAM user who makes it: CloudWatch cannot compare two fields. */
export const OWN_KEY = all(
  equals("eventName", "CreateAccessKey"),
  equals("userIdentity.type", "IAMUser"),
  not(exists("requestParameters.userName")),
);
