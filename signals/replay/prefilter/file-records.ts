import { parseJsonObject, parseUsualObject } from "../../../lib/patterns/json/parse-json";
import type { FileOutline } from "../../outlines/file-outline";
import { toRecord, type ParsedRecord } from "../../records/cloudtrail-record";
import type { RecordPrefilter } from "./record-prefilter";

/** The records of an outlined file, read before any of them counts. One object is reused for all files. */
export class FileRecords {
  /** Of the records by number, those that may match a pattern. */
  readonly parsed: (ParsedRecord | undefined)[] = [];
  /** The times of the others, in milliseconds since 1970. */
  times = new Float64Array(1024);

  constructor(private readonly prefilter: RecordPrefilter) {}

  /** False if a part is no record by itself: that is for `RecordSplitter`, which describes the fault or unwraps it. */
  read(outline: FileOutline): boolean {
    const { bytes, count } = outline;
    this.parsed.length = 0;
    if (count > this.times.length) this.times = new Float64Array(2 * count);
    for (let number = 0; number < count; number += 1) {
      outline.moveTo(number);
      const mayMeet = outline.mayMeet || (outline.mayFit && this.prefilter.fitsName(bytes, outline));
      const record = mayMeet ? recordOf(outline) : undefined;
      const time = mayMeet ? record?.time : outline.time;
      if (time === undefined || Number.isNaN(time)) return false;
      this.times[number] = time;
      if (record !== undefined) this.parsed[number] = record;
    }
    return true;
  }
}

function recordOf(outline: FileOutline): ParsedRecord | undefined {
  const text = outline.bytes.toString("utf8", outline.start, outline.end);
  const json = outline.hasUnusualNumber ? parseJsonObject(text) : parseUsualObject(text);
  return json && toRecord(json, outline.isPlain ? outline.time : undefined);
}
