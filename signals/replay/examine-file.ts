import { readChunks, reasonOf } from "../records/read-chunks";
import { readWhole } from "../records/read-whole";
import type { RecordFile } from "../records/record-file";
import type { Examiner } from "./examiner";

/** Examines a file, or notes under its number why it, or the rest of it, cannot be read. */
export async function examineFile(examiner: Examiner, file: RecordFile, number: number): Promise<void> {
  const splitter = examiner.splitter();
  try {
    const whole = file.path === undefined ? undefined : readWhole(file.path, file.bytes);
    if (whole !== undefined) {
      splitter.add(whole);
    } else {
      for await (const chunk of readChunks(file)) {
        splitter.add(chunk);
        examiner.examine(splitter);
      }
    }
    splitter.end();
    examiner.examine(splitter);
  } catch (error) {
    examiner.unreadable(number, reasonOf(error));
  }
}
