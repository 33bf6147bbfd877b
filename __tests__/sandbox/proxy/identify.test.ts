import { identify } from "../../../sandbox/proxy/identify";
import { jsonCall, queryCall, signed, type RequestParts } from "./requests";

describe("identify", () => {
  test("reads caller, service and region from the signature", () => {
    expect(identify(jsonCall("cloudtrail", "LookupEvents", {}))).toEqual({
      service: "cloudtrail",
      region: "eu-west-1",
      operation: "LookupEvents",
      accessKeyId: "AKIAEXAMPLE",
      protocol: "json",
    });
  });

  test("takes the operation from the header, whatever its prefix", () => {
    const headers = { "x-amz-target": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.CreateTrail" };
    expect(identify(signed({ service: "cloudtrail", headers })).operation).toBe("CreateTrail");
  });

  test("takes the operation of the query protocol from the body", () => {
    expect(identify(queryCall("sns", "Subscribe"))).toMatchObject({ operation: "Subscribe", protocol: "query" });
  });

  test("takes the operation of RPC v2 from the path", () => {
    const call = identify(
      signed({
        service: "monitoring",
        url: "/service/GraniteServiceVersion20100801/operation/PutCompositeAlarm",
        headers: { "smithy-protocol": "rpc-v2-cbor" },
      }),
    );
    expect(call).toMatchObject({ operation: "PutCompositeAlarm", protocol: "cbor" });
  });

  test("reads a presigned request's query", () => {
    const credential = encodeURIComponent("AKIAEXAMPLE/20260101/us-east-1/sts/aws4_request");
    const url = `/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Credential=${credential}`;
    expect(identify(signed({ method: "GET", url }))).toMatchObject({
      service: "sts",
      region: "us-east-1",
      operation: "GetCallerIdentity",
      accessKeyId: "AKIAEXAMPLE",
    });
  });

  test("identifies the calls that are made without credentials", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(identify(signed({ headers, body: "Action=AssumeRoleWithWebIdentity" }))).toMatchObject({
      service: "sts",
      operation: "AssumeRoleWithWebIdentity",
      accessKeyId: "",
    });
  });

  test.each<[string, string, string]>([
    ["GET", "/", "ListBuckets"],
    ["GET", "/v20180820/configuration/publicAccessBlock", "GetAccountPublicAccessBlock"],
    ["PUT", "/v20180820/configuration/publicAccessBlock", "PutAccountPublicAccessBlock"],
    ["DELETE", "/v20180820/configuration/publicAccessBlock", "DeleteAccountPublicAccessBlock"],
    ["POST", "/v20180820/jobs", "POST /v20180820/jobs"],
    ["PUT", "/bucket", "CreateBucket"],
    ["HEAD", "/bucket/", "HeadBucket"],
    ["DELETE", "/bucket", "DeleteBucket"],
    ["GET", "/bucket", "ListObjects"],
    ["GET", "/bucket?list-type=2&prefix=a", "ListObjectsV2"],
    ["GET", "/bucket?versions", "ListObjectVersions"],
    ["POST", "/bucket?delete", "DeleteObjects"],
    ["PUT", "/bucket?policy", "PutBucketPolicy"],
    ["GET", "/bucket?logging=", "GetBucketLogging"],
    ["PUT", "/bucket?publicAccessBlock", "PutPublicAccessBlock"],
    ["DELETE", "/bucket?lifecycle", "DeleteBucketLifecycle"],
    ["GET", "/bucket/a/b.json", "GetObject"],
    ["HEAD", "/bucket/a/b.json", "HeadObject"],
    ["PUT", "/bucket/a/b.json", "PutObject"],
    ["PUT", "/bucket/a?x-id=CopyObject", "CopyObject"],
    ["PUT", "/bucket/a?partNumber=1&uploadId=u", "UploadPart"],
    ["POST", "/bucket/a?uploads", "CreateMultipartUpload"],
    ["POST", "/bucket/a?uploadId=u", "CompleteMultipartUpload"],
    ["DELETE", "/bucket/a?uploadId=u", "AbortMultipartUpload"],
    ["PUT", "/bucket/a?retention", "PutObjectRetention"],
    ["PATCH", "/bucket/a", "PATCH /bucket/a"],
  ])("names S3's %s %s: %s", (method, url, operation) => {
    expect(identify(signed({ service: "s3", method, url }))).toMatchObject({ operation, protocol: "rest-xml" });
  });

  test("distinguishes a copy from a put", () => {
    const headers = { "x-amz-copy-source": "/bucket/b" };
    expect(identify(signed({ service: "s3", method: "PUT", url: "/bucket/a", headers })).operation).toBe("CopyObject");
  });

  test.each<[RequestParts, string]>([
    [{ method: "POST", url: "/schedules/nightly" }, "CreateSchedule"],
    [{ method: "GET", url: "/schedules/" }, "ListSchedules"],
    [{ method: "DELETE", url: "/schedule-groups/mine" }, "DeleteScheduleGroup"],
    [{ method: "GET", url: "/nowhere?a=b" }, "GET /nowhere"],
  ])("names calls of a REST service: %j", (parts, operation) => {
    expect(identify(signed({ service: "scheduler", ...parts }))).toMatchObject({ operation, protocol: "rest-json" });
  });

  test.each<[RequestParts, string]>([
    [{ method: "DELETE", url: "/detector/12abc34d" }, "DeleteDetector"],
    [{ method: "POST", url: "/detector/12abc34d" }, "UpdateDetector"],
    [{ method: "POST", url: "/detector" }, "CreateDetector"],
    [{ method: "POST", url: "/detector/12abc34d/filter" }, "CreateFilter"],
    [{ method: "POST", url: "/detector/12abc34d/ipset" }, "POST /detector/12abc34d/ipset"],
  ])("names GuardDuty's calls: %j", (parts, operation) => {
    expect(identify(signed({ service: "guardduty", ...parts }))).toMatchObject({ operation, protocol: "rest-json" });
  });
});
