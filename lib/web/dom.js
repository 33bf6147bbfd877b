/**
 * Creates an element. Text is inserted as text, never as markup: records contain values that attackers chose.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | undefined>} attributes left out where undefined or false
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/**
 * The page's own element with this id.
 *
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element '${id}'`);
  return found;
}

/**
 * Replaces the children of an element, unless they are the same already: the focused element keeps its focus.
 *
 * @param {Element} parent
 * @param {Node[]} children
 */
export function fill(parent, children) {
  const present = parent.childNodes;
  if (present.length === children.length && children.every((child, index) => child === present[index])) return;
  const focused = document.activeElement;
  parent.replaceChildren(...children);
  if (focused instanceof HTMLElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

/**
 * A sign and a word, so that no information depends on colour alone.
 *
 * @param {"passed" | "stopped" | "waiting" | "matched" | "alarm" | "ok" | "unknown"} kind
 * @param {string} text
 */
export function mark(kind, text) {
  const sign = { passed: "✓", stopped: "✕", waiting: "…", matched: "◆", alarm: "▲", ok: "✓", unknown: "–" }[kind];
  return element("span", { class: `mark ${kind}` }, element("span", { "aria-hidden": "true" }, sign), ` ${text}`);
}

/** @param {number} at milliseconds since 1970 */
export function timeOf(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

/**
 * A name in parts, between which a line may break: after hyphens and slashes, and nowhere within a word.
 *
 * @param {string} name
 * @returns {(Node | string)[]}
 */
export function named(name) {
  return name.split(/(?<=[-/])/).flatMap((part, index) => (index === 0 ? [part] : [element("wbr"), part]));
}

/** @param {number} at milliseconds since 1970 */
export function minuteOf(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
