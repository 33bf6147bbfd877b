/** The deployment has something that SQL over the archive cannot express. */
export class NotQueryable extends Error {}
