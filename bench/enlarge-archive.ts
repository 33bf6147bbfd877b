import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const DAY = 86_400_000;
const EVENT_TIME = /"eventTime":"(\d{4}-\d\d-\d\d)/g;
const EVENT_ID = /"eventID":"[0-9a-f]{4}/g;
/** In the path of a file: the folders of its day, and the day in its name. */
const DAY_OF_FOLDER = /\/(\d{4})\/(\d\d)\/(\d\d)\//;
const DAY_OF_NAME = /_(\d{4})(\d\d)(\d\d)T/;

/** Of copies made from an archive: what is added. */
interface Enlarged {
  readonly files: number;
  readonly packedBytes: number;
  readonly bytes: number;
}

/**
 * Writes an archive's files several times, each copy that many days after the one before. In a copy, the times of events
 * move with the days, and the first four digits of their ids are the number of the copy. All else stays.
 */
export function enlargeArchive(from: string, to: string, { copies, days }: { copies: number; days: number }): Enlarged {
  const files = readdirSync(from, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json.gz"));
  let [packedBytes, bytes] = [0, 0];
  for (const file of files) {
    const text = gunzipSync(readFileSync(join(from, file))).toString();
    for (let copy = 0; copy < copies; copy += 1) {
      const moved = (day: string): string => dayAfter(day, copy * days);
      const path = join(to, movedPath(file, moved));
      const content = text
        .replace(EVENT_TIME, (_, day: string) => `"eventTime":"${moved(day)}`)
        .replace(EVENT_ID, `"eventID":"${copy.toString(16).padStart(4, "0")}`);
      const packed = gzipSync(content);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, packed);
      packedBytes += packed.length;
      bytes += Buffer.byteLength(content);
    }
  }
  return { files: files.length * copies, packedBytes, bytes };
}

function movedPath(file: string, moved: (day: string) => string): string {
  return file
    .replace(DAY_OF_FOLDER, (_, ...date: string[]) => `/${moved(date.slice(0, 3).join("-")).replaceAll("-", "/")}/`)
    .replace(DAY_OF_NAME, (_, ...date: string[]) => `_${moved(date.slice(0, 3).join("-")).replaceAll("-", "")}T`);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
