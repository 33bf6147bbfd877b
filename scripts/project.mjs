import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const PROJECT = fileURLToPath(new URL("..", import.meta.url));
