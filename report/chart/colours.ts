/** Colours of a chart: those of the page's style sheet, or fixed ones where there is none. */
export interface Colours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  readonly alarm: string;
  readonly wait: string;
}

const NAMES = ["text", "muted", "line", "surface", "accent", "alarm", "wait"] as const;

/** SVG resolves the style sheet's variables, so that a chart follows it: light, dark, printed. */
export const PAGE_COLOURS = Object.fromEntries(NAMES.map((name) => [name, `var(--${name})`])) as unknown as Colours;

/** The page's light colours, for documents. */
export const PAPER_COLOURS: Colours = {
  text: "#17202b",
  muted: "#566272",
  line: "#d9dfe7",
  surface: "#ffffff",
  accent: "#1d5fc2",
  alarm: "#b91c2b",
  wait: "#875600",
};
