/** A Chromium for tests of pages: windows as people have them, and what is wrong with a page in each. */
export { inspect, type Rules, violationsOf } from './inspect.ts';
export { launchChromium } from './launch-chromium.ts';
export { PICTURES } from './pictures.ts';
export { TestBrowser, type WatchedPage } from './test-browser.ts';
export { WINDOW_KINDS, type WindowKind } from './window-kind.ts';
