import type { Page } from "playwright-core";

/** Text on the page whose contrast with its ground is below WCAG's 4.5 to 1 (level AA, 1.4.3), each with its ratio. */
export function poorContrast(tab: Page): Promise<string[]> {
  // As text: it runs in the browser, whose names TypeScript does not know here.
  return tab.evaluate(`(() => {
    const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const luminance = (rgb) => {
      const [r, g, b] = rgb.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const ground = channels(getComputedStyle(at).backgroundColor);
        if (ground[3] !== 0) return ground;
      }
      return [255, 255, 255];
    };
    const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    return [...document.querySelectorAll("body *")].filter((each) => hasText(each) && each.checkVisibility()).flatMap((each) => {
      const [light, dark] = [luminance(channels(getComputedStyle(each).color)), luminance(groundOf(each))].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      return ratio < 4.5 ? [each.tagName + " '" + each.textContent.trim().slice(0, 40) + "': " + ratio.toFixed(2)] : [];
    });
  })()`);
}
