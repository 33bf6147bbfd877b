import { bucketArn } from "../../../lib/aws/partitions";
import { EXAMPLE_ARN, EXAMPLE_REGION, apiCall, type RecordChanges } from "../../example-record";
import type { CloudTrailRecord } from "../../predicate";

const BUCKET = "customer-records";
const HOST = `${BUCKET}.s3.eu-west-1.amazonaws.com`;
const KEY = "2026/01/invoices.csv";

/** A call that AWS could not carry out. */
export const FAILED = {
  errorCode: "InternalError",
  errorMessage: "We encountered an internal error. Please try again.",
};

const IN_BUCKET = { accountId: "111122223333", type: "AWS::S3::Bucket", ARN: bucketArn(EXAMPLE_REGION, BUCKET) };

/** A call on an object. S3 writes request headers as parameters. */
export function objectCall(
  operation: string,
  parameters: RecordChanges = {},
  changes: RecordChanges = {},
): CloudTrailRecord {
  const isRead = operation.startsWith("Get");
  return dataEvent("s3", operation, {
    requestParameters: { bucketName: BUCKET, Host: HOST, key: KEY, ...parameters },
    additionalEventData: transferred(isRead ? 48_213 : 0),
    resources: [{ type: "AWS::S3::Object", ARN: bucketArn(EXAMPLE_REGION, `${BUCKET}/${KEY}`) }, IN_BUCKET],
    ...changes,
  });
}

/** A call that names no single object, such as DeleteObjects: the record has neither keys nor their number. */
export function bucketWideCall(
  operation: string,
  parameters: RecordChanges = {},
  changes: RecordChanges = {},
): CloudTrailRecord {
  return dataEvent("s3", operation, {
    requestParameters: { bucketName: BUCKET, Host: HOST, ...parameters },
    additionalEventData: transferred(523),
    resources: [{ type: "AWS::S3::Object", ARNPrefix: bucketArn(EXAMPLE_REGION, `${BUCKET}/`) }, IN_BUCKET],
    ...changes,
  });
}

/** A call on a table. Values of attributes are redacted. */
export function tableCall(operation: string, changes: RecordChanges = {}): CloudTrailRecord {
  const ARN = `${EXAMPLE_ARN}:dynamodb:eu-west-1:111122223333:table/customers`;
  return dataEvent("dynamodb", operation, {
    requestParameters: { tableName: "customers" },
    resources: [{ accountId: "111122223333", type: "AWS::DynamoDB::Table", ARN }],
    ...changes,
  });
}

/** An invocation of a function. */
export function functionCall(changes: RecordChanges = {}): CloudTrailRecord {
  const ARN = `${EXAMPLE_ARN}:lambda:eu-west-1:111122223333:function:refund`;
  return dataEvent("lambda", "Invoke", {
    requestParameters: { functionName: ARN, invocationType: "RequestResponse" },
    additionalEventData: { functionVersion: `${ARN}:$LATEST` },
    readOnly: false,
    resources: [{ accountId: "111122223333", type: "AWS::Lambda::Function", ARN }],
    ...changes,
  });
}

function dataEvent(service: string, operation: string, changes: RecordChanges): CloudTrailRecord {
  return apiCall(service, operation, {
    managementEvent: false,
    eventCategory: "Data",
    readOnly: /^(Get|List|Head|Select|Scan|Query|BatchGet)/.test(operation),
    ...changes,
  });
}

function transferred(bytesTransferredOut: number): RecordChanges {
  return {
    SignatureVersion: "SigV4",
    CipherSuite: "TLS_AES_128_GCM_SHA256",
    bytesTransferredIn: 0,
    AuthenticationMethod: "AuthHeader",
    bytesTransferredOut,
  };
}
