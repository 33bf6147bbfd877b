import { join, resolve } from "node:path";
import { fillPluginCache } from "./plugin-cache";

// For 'npm test'. Prints Terraform's error if it fails.
process.exitCode = fillPluginCache(resolve(join(".trailwatch", "provider")), process.env);
