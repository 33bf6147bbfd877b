/** Source: Athena User Guide, "Escape reserved keywords in queries", those of SELECT statements. */
const RESERVED = new Set(
  [
    "ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE CURRENT_PATH",
    "CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE DISTINCT DROP ELSE END",
    "ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FIRST FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT INTERSECT",
    "INTO IS JOIN JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LAST LEFT LIKE LISTAGG LOCALTIME",
    "LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL OF ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE",
    "THEN TRIM TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH",
  ]
    .join(" ")
    .split(" "),
);

/** Names that a query gives to what it selects, without quotes, although Athena reserves them: DuckDB takes them. */
export function reservedNames(sql: string): string[] {
  return [...sql.matchAll(/\bAS (\w+)/gi)]
    .map(([, name = ""]) => name)
    .filter((name) => RESERVED.has(name.toUpperCase()));
}
