import { afterEach, expect, test } from '@jest/globals';
import { type RunningShell, startShell } from './running-shell.js';

let shell: RunningShell;
afterEach(() => shell?.close());

async function statusOf(path: string, accept = 'application/json'): Promise<number> {
  return (await fetch(`${shell.url}${path}`, { headers: { accept } })).status;
}

test('the console shows what every module with an outbox has said', async () => {
  shell = await startShell();
  expect(await statusOf('/console', 'text/html')).toBe(200);
  const overview = (await (await fetch(`${shell.url}/api/console/overview`)).json()) as { logs: { log: string }[] };
  expect(overview.logs.map(({ log }) => log)).toEqual(expect.arrayContaining(['catalog', 'orders']));
});

test('where it is switched off, there is neither page nor route', async () => {
  shell = await startShell({ CONSOLE: 'off' });
  expect(await statusOf('/console', 'text/html')).toBe(404);
  expect(await statusOf('/api/console/overview')).toBe(404);
  expect(await statusOf('/orders', 'text/html')).toBe(200);
});
