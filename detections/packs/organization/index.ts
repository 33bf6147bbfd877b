import type { Pack } from "../../detection";

/** The organization as a whole. */
export const organization: Pack = {
  id: "organization",
  description:
    "What only the management account can see or do, such as changes of regions and domains. On by default in the management account, whose trail records all accounts.",
  title: "The organization as a whole",
  detections: [],
};
