// Runs one query in its own process, so that its time and memory can be measured: tsx bench/duckdb-query.ts <file>
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { reportUncaught } from "../lib/support/failure";

async function main(): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(readFileSync(process.argv[2] ?? "", "utf8"));
  const [row = {}] = reader.getRowObjects();
  process.stdout.write(
    JSON.stringify(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value)]))),
  );
}

reportUncaught();
void main();
