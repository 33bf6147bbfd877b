import { EXAMPLE_ARN } from "../../example-record";
/** The secret of this pack's examples, by name and by ARN, which ends with six characters from Secrets Manager. */
export const EXAMPLE_SECRET = "MyProjectSecrets";
export const EXAMPLE_SECRET_ARN = `${EXAMPLE_ARN}:secretsmanager:eu-west-1:111122223333:secret:${EXAMPLE_SECRET}-AbCdEf`;
