/** Steps after objects were deleted or overwritten. */
export const RESTORE_OBJECTS: readonly string[] = [
  "Stop further calls: deny `s3:DeleteObject*` and `s3:PutObject` in the bucket's policy, except to a break-glass role.",
  "Check what is left: `aws s3api list-object-versions --bucket <bucket>`. A deletion without a version leaves the earlier versions; remove its delete marker to restore the object.",
  "Restore versions that are gone from AWS Backup or a replica. Keep the bucket as it is for the investigation.",
];
