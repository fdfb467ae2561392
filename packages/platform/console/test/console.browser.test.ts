import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  inspect,
  PICTURES,
  TestBrowser,
  type WatchedPage,
  WINDOW_KINDS,
  type WindowKind,
} from '@macrolith/test-browser';
import { eventually } from '@macrolith/testing';
import type { ListedDelivery } from '../ui/answers.js';
import type { Run } from '../ui/run-answers.js';
import { type Bakery, baked, burnt, openBakery, van } from './bakery.js';

const PATIENT = { withinMs: 20_000 };

let bakery: Bakery;
let browser: TestBrowser;
let page: WatchedPage;

beforeAll(async () => {
  bakery = await openBakery();
  browser = await TestBrowser.launch(bakery.address, { reducedMotion: 'reduce' });
  for (const bread of ['rye', 'spelt', 'oat']) burnt.add(bread);
  for (const [customer, bread] of [
    ['ada', 'wheat'],
    ['ada', 'rye'],
    ['ben', 'spelt'],
    ['cleo', 'oat'],
    ['dan', 'wheat'],
  ] as const) {
    await bakery.sell(customer, bread);
  }
  await bakery.clean('the rye');
  await bakery.deliver('ada');
  await bakery.deliver('nobody');
  van.isBroken = true;
  await bakery.deliver('ben');
  await eventually('A stuck run', stuckRuns, (runs) => runs.length === 1, PATIENT);
  await eventually(
    'Three dead letters',
    () => listed('state=dead'),
    (items) => items.length === 3,
    PATIENT,
  );
  await eventually(
    'The rest',
    () => listed('state=open'),
    (items) => items.length === 0,
    PATIENT,
  );
});
afterAll(async () => {
  await browser?.close();
  await bakery?.close();
});
afterEach(() => browser.leave());

async function listed(query: string): Promise<readonly ListedDelivery[]> {
  return (await bakery.get<{ items: ListedDelivery[] }>(`/deliveries?${query}`)).body.items;
}

async function stuckRuns(): Promise<readonly Run[]> {
  return (await bakery.get<{ items: Run[] }>('/runs?module=counter&status=stuck')).body.items;
}

async function deadLetterOf(customer: string): Promise<ListedDelivery> {
  const [found] = await listed(`state=dead&key=${customer}`);
  return found!;
}

async function visit(path: string, kind?: WindowKind): Promise<void> {
  page = await browser.openNext(kind);
  await page.goto(path);
  await page.locator('h1').first().waitFor();
}

/** A button of the dialog that asks for a reason. */
function inDialog(name: string) {
  return page.locator('console-reason-dialog').getByRole('button', { name, exact: true });
}

const NOISE = [
  {
    log: 'oven (received)',
    sequence: '4711',
    subject: 'macrolith.events.counter.sold.v1',
    reason: 'The message is no event: its JSON cannot be read. It is kept as it came; correct its publisher.',
    storedAt: new Date().toISOString(),
    headers: '{"ce-id":["7"]}',
    payload: '{"paper":',
    bytes: 9,
  },
  {
    log: 'oven (received)',
    sequence: '4710',
    subject: `macrolith.events.counter.${'very-'.repeat(20)}long.v1`,
    reason: "The message is no event: it has no 'id'.",
    storedAt: new Date().toISOString(),
    headers: '{}',
    payload: 'noise'.repeat(200),
    bytes: 1_000,
  },
];

const PAGES = {
  overview: () => '/console',
  deliveries: () => '/console/deliveries',
  dead: () => '/console/deliveries?state=dead',
  'no deliveries': () => '/console/deliveries?key=nobody',
  message: async () => `/console/messages/${(await deadLetterOf('ben')).messageId}`,
  'no message': () => '/console/messages/0192e8d2-0000-4000-8000-000000000000',
  story: () => '/console/story?key=ada',
  'no unreadable': () => '/console/unreadable',
  'no story': () => '/console/story?correlation=nothing',
  runs: () => '/console/runs',
  'no runs': () => '/console/runs?status=cancelled',
  run: async () => `/console/runs/counter/${(await stuckRuns())[0]!.runId}`,
  'no run': () => '/console/runs/counter/0192e8d2-0000-4000-8000-000000000000',
};
type PageName = keyof typeof PAGES;

const ALL = Object.keys(PAGES) as PageName[];
const FILLED: readonly PageName[] = ['overview', 'dead', 'message', 'story', 'runs', 'run'];

describe.each(WINDOW_KINDS)('in a %s browser', (kind) => {
  const pages = kind === 'light' ? ALL : FILLED;

  test.each(pages)('the page %s is complete, fits, and can be used by everybody', async (name) => {
    await visit(await PAGES[name](), kind);
    expect(await inspect(page, name.replace(' ', '-'))).toEqual([]);
  });

  test('so is the dialog that asks for a reason', async () => {
    await visit(`/console/messages/${(await deadLetterOf('ben')).messageId}`, kind);
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').waitFor();
    await inDialog('Discard').click();
    await page.getByText('Enter: why.').waitFor();
    expect(await inspect(page, 'reason')).toEqual([]);
  });
});

test.each(WINDOW_KINDS)(
  'what came over a broker and is no event is shown as it came, in a %s browser',
  async (kind) => {
    await visit('/console', kind);
    // Here no event leaves the database.
    await page.route('**/api/console/unreadable', (route) => route.fulfill({ json: { messages: NOISE } }));
    await page.goto('/console/unreadable');
    await page.getByRole('heading', { name: NOISE[0]!.subject }).first().waitFor();
    expect(await page.locator('pre').allTextContents()).toEqual([
      '{"ce-id":["7"]}\n\n{"paper":',
      expect.stringContaining('noise'),
    ]);
    expect(await inspect(page, 'unreadable')).toEqual([]);
  },
);

test('a person is called by the overview, sees why, mends it and retries', async () => {
  await visit('/console');
  await page.getByText('dead letters wait for a decision').waitFor();
  await page.getByRole('link', { name: 'See why they failed' }).click();
  await page.getByText('The oat is burnt').first().waitFor();
  await page.getByRole('link', { name: 'counter.bread-sold.v1' }).first().click();
  await page.getByRole('region', { name: 'Why it failed for oven.bake' }).waitFor();
  expect(await page.getByRole('region', { name: 'Data' }).textContent()).toContain('"bread": "oat"');

  burnt.delete('oat');
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByLabel('Your name').fill('grace');
  await page.getByRole('textbox', { name: 'Why' }).fill('The oven is cooler.');
  await inDialog('Retry').click();
  await page.getByText('It is retried for oven.bake.').waitFor();
  await eventually(
    'The baking',
    () => baked,
    (breads) => breads.includes('oat'),
    PATIENT,
  );
  // The page looks again by itself.
  await page.getByText('“The oven is cooler.”').waitFor();
  await page.getByText('Why it failed before').waitFor();
  expect(page.complaints).toEqual([]);
});

test('a refusal is told in the dialog, which stays', async () => {
  const { messageId } = await deadLetterOf('ben');
  await visit(`/console/messages/${messageId}`);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByLabel('Your name').fill('grace');
  await page.getByRole('textbox', { name: 'Why' }).fill('It is too late.');
  const reason = { action: 'discard', consumer: 'oven.bake', who: 'ada', why: 'was faster' };
  await bakery.post(`/messages/${messageId}/interventions`, reason);
  await inDialog('Discard').click();
  await page.getByText('nothing is owed any more').waitFor();
  await page.getByRole('button', { name: 'Leave it as it is' }).click();
  await page.getByText('“was faster”').waitFor();
});

test('the filter stands in the address, and what it means can be replayed together after it was told how much it is', async () => {
  await visit('/console/deliveries');
  await page.getByRole('button', { name: 'State: all' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Done' }).click();
  await page.getByRole('searchbox', { name: 'Key' }).fill('dan');
  await page.waitForURL('**/console/deliveries?state=done&key=dan');
  const before = baked.length;
  await page.getByRole('button', { name: 'Replay all of these' }).click();
  await page.getByRole('dialog').getByText('Replay 2 deliveries?').waitFor();
  await page.getByLabel('Your name').fill('grace');
  await page.getByRole('textbox', { name: 'Why' }).fill('He wants another.');
  await page.getByRole('button', { name: 'Replay 2' }).click();
  await page.getByText('2 deliveries are replayed.').waitFor();
  await eventually(
    'The baking',
    () => baked.length,
    (count) => count === before + 1,
    PATIENT,
  );
  await page.reload();
  await page.getByRole('button', { name: 'State: Done' }).waitFor();
  await page.getByRole('link', { name: 'counter.bread-sold.v1' }).first().waitFor();
  expect(page.complaints).toEqual([]);
});

test('a run that is stuck shows why, and goes on when it is retried', async () => {
  await visit('/console');
  await page.getByRole('link', { name: 'See why', exact: true }).click();
  await page.getByRole('link', { name: 'counter.deliver' }).click();
  await page.getByRole('region', { name: 'Why it does not go on' }).waitFor();
  expect(await page.getByRole('region', { name: 'Why it does not go on' }).textContent()).toContain(
    'The van is broken',
  );
  van.isBroken = false;
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByLabel('Your name').fill('grace');
  await page.getByRole('textbox', { name: 'Why' }).fill('The van is mended.');
  await inDialog('Retry').click();
  await page.getByText('“The van is mended.”').waitFor();
  await page.getByRole('region', { name: 'Answered' }).waitFor();
  expect(page.complaints).toEqual([]);
});

test('the way from the overview to the reason of a failure can be gone with the keyboard alone', async () => {
  burnt.add('rye');
  await visit('/console/deliveries?state=dead');
  await page.getByRole('link', { name: 'counter.bread-sold.v1' }).first().focus();
  await page.keyboard.press('Enter');
  const retry = page.getByRole('button', { name: 'Retry' });
  await retry.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('grace');
  expect(await page.getByLabel('Your name').inputValue()).toBe('grace');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(page.complaints).toEqual([]);
});

test('what fails on the way is said, and is mended by trying again', async () => {
  await visit('/');
  await page.route('**/api/console/overview', (route) => route.abort());
  await page.goto('/console');
  await page.getByRole('button', { name: /try again/i }).waitFor();
  await page.screenshot({ path: `${PICTURES}unreachable.png` });
  await page.unroute('**/api/console/overview');
  await page.getByRole('button', { name: /try again/i }).click();
  await page.getByRole('link', { name: 'counter', exact: true }).waitFor();
});
