import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inspect, TestBrowser } from '../src/index.ts';

const site = (body: string) => `<!doctype html><html lang="en">
  <title>Mills</title><meta name="viewport" content="width=device-width">
  <main><h1>Mills</h1>${body}</main></html>`;

const FAULTS = `
  <div style="width: 1300px">wide</div>
  <p style="color: #bbb; background: #fff">faint</p>
  <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
  <script>console.error('Oh.'); nowhere()</script>`;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch('http://127.0.0.1');
});
afterAll(() => browser?.close());

test('a sound page has no faults', async () => {
  const page = await browser.open();
  await page.setContent(site(''));

  expect(await inspect(page, 'sound')).toEqual([]);
});

test.each([
  ['light', ['color-contrast', 'image-alt']],
  ['dark', ['color-contrast']],
  ['phone', ['image-alt']],
] as const)('in a %s window every fault is told that can differ there', async (kind, rules) => {
  const page = await browser.openNext(kind);
  await page.setContent(site(FAULTS));

  expect(await inspect(page, 'faults')).toEqual([
    expect.stringMatching(/^The page is 13\d\d px wide, the window (1280|390) px\.$/),
    ...rules.map((rule) => expect.stringMatching(`^${rule} `)),
    'Oh.',
    'ReferenceError: nowhere is not defined',
  ]);
});
