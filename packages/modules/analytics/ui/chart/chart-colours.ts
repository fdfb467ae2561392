/** What a chart is drawn with: a canvas knows nothing of the page's style sheets. */
export interface ChartColours {
  readonly bar: string;
  readonly highlight: string;
  readonly text: string;
  readonly quietText: string;
  readonly surface: string;
  readonly line: string;
  readonly font: string;
}

/** The tokens as they are at this element now. */
export function coloursAt(element: Element): ChartColours {
  const styles = getComputedStyle(element);
  const token = (name: string) => styles.getPropertyValue(`--ml-color-${name}`).trim();
  return {
    bar: token('brand'),
    highlight: token('brand-text'),
    text: token('text'),
    quietText: token('text-quiet'),
    surface: token('raised'),
    line: token('border-quiet'),
    font: styles.fontFamily,
  };
}

/** Calls back when the reader or the operating system changes the theme. Answers how to stop that. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
