/** The secret of this pack's examples, by name and by ARN, whose last six characters are Secrets Manager's own. */
export const EXAMPLE_SECRET = "MyProjectSecrets";
export const EXAMPLE_SECRET_ARN = `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${EXAMPLE_SECRET}-AbCdEf`;
