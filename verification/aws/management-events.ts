import type { AdvancedEventSelector, GetEventSelectorsResponse } from "@aws-sdk/client-cloudtrail";

/**
 * Which management events a trail records. One without selectors records all of them. Source: CloudTrail API,
 * PutEventSelectors.
 */
export function managementEventsOf(selectors: GetEventSelectorsResponse): "all" | "some" | "none" {
  const { EventSelectors: basic = [], AdvancedEventSelectors: advanced = [] } = selectors;
  if (advanced.length > 0) {
    const recording = advanced.filter((selector) => eventCategoryOf(selector) === "Management");
    // Any further field, such as readOnly or eventSource, leaves events out.
    return answer(
      recording,
      recording.some(({ FieldSelectors = [] }) => FieldSelectors.length === 1),
    );
  }
  if (basic.length === 0) return "all";
  const recording = basic.filter(({ IncludeManagementEvents = true }) => IncludeManagementEvents);
  return answer(
    recording,
    recording.some(
      ({ ReadWriteType = "All", ExcludeManagementEventSources = [] }) =>
        ReadWriteType === "All" && ExcludeManagementEventSources.length === 0,
    ),
  );
}

function answer(recording: readonly unknown[], isComplete: boolean): "all" | "some" | "none" {
  if (recording.length === 0) return "none";
  return isComplete ? "all" : "some";
}

/** `Management`, `Data` … */
export function eventCategoryOf({ FieldSelectors = [] }: AdvancedEventSelector): string | undefined {
  return FieldSelectors.find(({ Field }) => Field === "eventCategory")?.Equals?.[0];
}
