import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/**
 * The environment of the native TypeScript compiler and of tsgolint, programs in Go that keep what they load: without
 * it, searching that for garbage takes a third of their CPU time. A value that the user set stays.
 */
export const COMPILER_ENV = { ...process.env, GOGC: process.env.GOGC || "400" };
