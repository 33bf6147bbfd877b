/** What is deployed says something that SQL over the archive cannot tell. */
export class NotAskable extends Error {}
