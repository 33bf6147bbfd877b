import { PLAIN } from "../../lib/naming/own-names";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { TRAIL_FIELDS, TRAIL_TABLE, type Kind } from "../../detections/athena/trail-table";

// DuckDB in place of Athena: the trail's table over raw records, and Trino's words for what DuckDB calls otherwise.

/** What Trino has and DuckDB has not, or has by another name. */
const TRINO = [
  // DuckDB's own extraction makes text of objects and arrays too, where Trino's gives NULL.
  `CREATE MACRO json_extract_scalar(json, path) AS CASE WHEN json_type(json, path) IN ('OBJECT', 'ARRAY') THEN NULL
    ELSE json_extract_string(json, path) END`,
  "CREATE MACRO json_format(json) AS json::VARCHAR",
  "CREATE MACRO cardinality(list) AS len(list)",
  "CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)",
  "CREATE MACRO element_at(list, key) AS list[key]",
  // DuckDB is about to read `x -> y` as an operator of JSON.
  "SET lambda_syntax = 'ENABLE_SINGLE_ARROW'",
  // To optimize a query of all detections takes ten seconds of CPU time; to answer it as it is, less than half a second.
  "PRAGMA disable_optimizer",
];

/** Trino's SQL in DuckDB's spelling, where a macro cannot help: the type of an array. */
function inDuckDb(sql: string): string {
  return sql.replaceAll("ARRAY(JSON)", "JSON[]");
}

/** The table over an organization's trail, to be asked in Athena's SQL. */
export class TrailInDuckDb {
  private constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Makes the table of records, each a line of JSON. Besides its columns it has the record's number `n`, from 0. Its
   * partitions are those of CloudTrail's files for an event that is delivered at once.
   */
  static async of(lines: readonly string[]): Promise<TrailInDuckDb> {
    const folder = mkdtempSync(join(tmpdir(), "trailwatch-duckdb-"));
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    try {
      const file = join(folder, "records.jsonl");
      writeFileSync(file, lines.map((line, n) => `{"n":${n},"r":${line}}\n`).join(""));
      for (const sql of [...TRINO, `CREATE SCHEMA ${PLAIN.archiveDatabase}`]) await connection.run(sql);
      await connection.run(
        `CREATE TABLE ${PLAIN.archiveDatabase}.${TRAIL_TABLE} AS SELECT n, r.*, r.recipientAccountId AS account,
          r.awsRegion AS region, replace(substr(r.eventTime, 1, 10), '-', '/') AS "day"
        FROM read_json('${file}', format = 'newline_delimited',
          columns = {n: 'INTEGER', r: '${duckDbType({ members: TRAIL_FIELDS })}'})`,
      );
      return new TrailInDuckDb(connection);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** The rows of a query, each a list of its values. */
  async rows(sql: string): Promise<unknown[][]> {
    const reader = await this.connection.runAndReadAll(inDuckDb(sql));
    return reader.getRowsJson();
  }

  close(): void {
    this.connection.closeSync();
  }
}

/**
 * A type by which DuckDB reads JSON as the SerDe does: NULL for what is absent or null, text of whatever a column of text
 * finds.
 */
function duckDbType(kind: Kind): string {
  if (kind === "json") return "JSON";
  if (kind === "named-texts") return "MAP(VARCHAR, VARCHAR)";
  if (typeof kind === "string") return "VARCHAR";
  if ("elements" in kind) return `${duckDbType(kind.elements)}[]`;
  return `STRUCT(${Object.entries(kind.members)
    .map(([name, member]) => `${name} ${duckDbType(member)}`)
    .join(", ")})`;
}
