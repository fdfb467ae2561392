import { AxeBuilder } from '@axe-core/playwright';
import { PICTURES } from './pictures.ts';
import type { WatchedPage } from './test-browser.ts';
import type { WindowKind } from './window-kind.ts';

/** Which of axe's rules a page is held to. */
export type Rules = 'all' | 'of colours' | 'all but those of colours';

/** What can be wrong in the dark alone is asked there alone; on a phone, colours are as they are on a desk. */
const RULES_IN: Readonly<Record<WindowKind, Rules>> = {
  light: 'all',
  dark: 'of colours',
  phone: 'all but those of colours',
};

const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Waits until the page rests, keeps its picture, and tells what is wrong with it, a line each: that it is wider than its window,
 * what keeps people from using it, and its own errors.
 * @param picture its name, without the kind of the window
 */
export async function inspect(page: WatchedPage, picture: string, rules?: Rules): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${PICTURES}${page.kind}-${picture}.png`, fullPage: true });
  return [...(await overflowOf(page)), ...(await violationsOf(page, rules)), ...page.complaints];
}

/** The rules of axe that the page breaks as it stands: which, where, and how it is mended. */
export async function violationsOf(page: WatchedPage, rules: Rules = RULES_IN[page.kind]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules === 'of colours') axe.withRules(COLOUR_RULES);
  if (rules === 'all but those of colours') axe.disableRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Beside the window as it was asked for: a phone's own measure grows with a page that is too wide. */
async function overflowOf(page: WatchedPage): Promise<string[]> {
  const { width } = page.viewportSize()!;
  const pageWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  return pageWidth > width ? [`The page is ${pageWidth} px wide, the window ${width} px.`] : [];
}
