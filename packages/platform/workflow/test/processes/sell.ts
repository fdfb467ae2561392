/**
 * A process that sells once and dies at a point: `sell.ts URL MODE KEY PAPER POINT`. At point 0 it lives, and tells how many
 * points there are.
 */
import 'reflect-metadata';
import type { MacrolithOptions } from '@macrolith/core';
import { runInContext } from '@macrolith/core';
import { openFair } from '../fair/fair.js';
import { atEveryPoint } from './points.js';

const [url = '', mode = '', key = '', paper = '', fatal = '0'] = process.argv.slice(2);
const fair = await openFair(url, mode as MacrolithOptions['workflows'], { resume: false });

const points: string[] = [];
atEveryPoint(fair.app, (point) => {
  points.push(point);
  if (points.length === Number(fatal)) process.kill(process.pid, 'SIGKILL');
});

const wish = { sku: 'lamp', quantity: 2, account: 'ada', paper };
const outcome = await runInContext({ idempotencyKey: key }, () => fair.booth.sell(wish)).then(
  () => 'done',
  (error: { code?: string }) => error.code,
);
process.stdout.write(`${JSON.stringify({ outcome, points })}\n`);
await fair.app.close();
