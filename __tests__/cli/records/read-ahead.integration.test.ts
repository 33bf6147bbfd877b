import { Readable } from "node:stream";
import { readAhead } from "../../../cli/records/read-ahead";
import type { RecordFile } from "../../../signals";

const opened: string[] = [];
beforeEach(() => opened.splice(0));

async function* files(count: number, bytes = 10): AsyncGenerator<RecordFile> {
  for (let index = 0; index < count; index += 1) {
    const name = String(index);
    const open = (): Readable => {
      opened.push(name);
      return name === "2" ? new Readable({ read: (): never => fail() }) : Readable.from([Buffer.from(`file ${name}`)]);
    };
    yield await Promise.resolve({ name, bytes, open });
  }
}

function fail(): never {
  throw new Error("gone");
}

async function read(file: RecordFile): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.open()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test("gives every file as it is, in order, and an error to its reader", async () => {
  const texts: string[] = [];
  for await (const file of readAhead(files(40))) texts.push(await read(file).catch(String));
  const expected = Array.from({ length: 40 }, (_, index) => (index === 2 ? "Error: gone" : `file ${index}`));
  expect(texts).toEqual(expected);
  expect(opened).toHaveLength(40);
});

test("fetches the files behind the one that is read, 32 of them", async () => {
  for await (const file of readAhead(files(100))) {
    if (file.name === "0") expect(opened).toEqual([]);
    await read(file).catch(String);
    break;
  }
  expect(opened).toHaveLength(33);
});

test("fetches no large file before its turn", async () => {
  for await (const file of readAhead(files(5, 3_000_000))) {
    expect(await read(file).catch(String)).toBe("file 0");
    break;
  }
  expect(opened).toEqual(["0"]);
});

test("fetches nothing while files are only counted", async () => {
  for await (const { bytes } of readAhead(files(40))) expect(bytes).toBe(10);
  expect(opened).toEqual([]);
});
