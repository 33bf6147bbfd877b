import type { GetEventSelectorsResponse } from "@aws-sdk/client-cloudtrail";
import { managementEventsOf } from "../../../verification/aws/management-events";

const MANAGEMENT = { Field: "eventCategory", Equals: ["Management"] };
const DATA = {
  FieldSelectors: [
    { Field: "eventCategory", Equals: ["Data"] },
    { Field: "resources.type", Equals: ["AWS::S3::Object"] },
  ],
};
const WRITES = { FieldSelectors: [MANAGEMENT, { Field: "readOnly", Equals: ["false"] }] };
const NO_KMS = { IncludeManagementEvents: true, ExcludeManagementEventSources: ["kms.amazonaws.com"] };

test.each<[answer: string, GetEventSelectorsResponse]>([
  ["all", {}],
  ["all", { EventSelectors: [], AdvancedEventSelectors: [] }],
  ["all", { EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] }],
  ["all", { EventSelectors: [{ ReadWriteType: "ReadOnly" }, {}] }],
  ["all", { AdvancedEventSelectors: [DATA, { FieldSelectors: [MANAGEMENT] }] }],
  ["some", { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] }],
  ["some", { EventSelectors: [{ ...NO_KMS, ReadWriteType: "All" }] }],
  ["some", { AdvancedEventSelectors: [WRITES] }],
  ["none", { EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: false }] }],
  ["none", { AdvancedEventSelectors: [DATA] }],
])("%s: %j", (recorded, selectors) => {
  expect(managementEventsOf(selectors)).toBe(recorded);
});
