import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { miniature } from '../rules/miniature.js';
import { macro } from './macro.js';

const broken = ['readiness', 'payments', '--root', miniature('readiness/broken')];
const clean = ['readiness', 'payments', '--root', miniature('readiness/clean')];
const ESCAPE = '\u001b[';
const REFERENCE = 'https://github.com/macrolith/macrolith/blob/main/docs/reference';

/** A recording of one call. */
let calls: string;
beforeAll(() => {
  calls = path.join(mkdtempSync(path.join(tmpdir(), 'macro-calls-')), 'calls.jsonl');
  const call = {
    trace: 'a',
    from: 'orders',
    to: 'payments',
    operation: 'charge',
    kind: 'command',
    inTransaction: false,
  };
  writeFileSync(calls, JSON.stringify(call));
});
afterAll(() => rmSync(path.dirname(calls), { recursive: true }));

describe('A module that is not ready', () => {
  test('is told what to do at which line by whom, and the exit code is 1', async () => {
    const { code, out } = await macro(broken);

    expect(code).toBe(1);
    expect(out).toContain(
      [
        'packages/modules/payments/src/payments.service.ts:10:11  command-in-own-transaction',
        '  what   PaymentsService.charge → catalog.block is a command in a transaction: PaymentsService.charge is @Transactional(). After the move it is refused there.',
        '  do     Make both changes steps of a workflow, or call catalog.block before or after the transaction, or enqueue a task where no answer is needed.',
        '  owner  team-payments',
        `  see    ${REFERENCE}/readiness-rules.md#command-in-own-transaction`,
      ].join('\n'),
    );
    expect(out).toContain(`  see    ${REFERENCE}/boundary-rules.md#own-schema-only-sql`);
    expect(out).toMatch(
      /\n✗ NOT READY: 38 obstacles before payments \(team-payments\) can move out, with 3 notes\.\n$/,
    );
  });

  test('has its notes in columns, with what to do about them once', async () => {
    const { out } = await macro([...broken, '--rule', 'query-in-transaction']);

    expect(out).toContain(
      [
        'query-in-transaction  note',
        '  packages/modules/orders/src/orders.service.ts:24:27      OrdersService.cancel → payments.getPayment will wait for the network in a transaction: OrdersService.cancel is @Transactional(). team-checkout',
      ].join('\n'),
    );
    expect(out).toMatch(/\n {2}do {2}Ask before the transaction begins where that is possible\.\n/);
    expect(out).toMatch(/\n✓ No obstacle by the rules that were asked, with 2 notes\.\n$/);
  });
});

test('A module that is ready is told so, with what reading cannot know, and the exit code is 0', async () => {
  const { code, out } = await macro(clean);

  expect(code).toBe(0);
  expect(out).toMatch(
    /\nRead from the sources: .*\n✓ READY: nothing stands in the way of moving payments \(team-payments\) out, with 3 notes\.\n$/,
  );
});

test('A module is named as its contract, its package or its folder is', async () => {
  const named = (name: string) => macro(['readiness', name, ...clean.slice(2)]);

  expect((await named('@shop/payments')).out).toBe((await named('payments')).out);
});

describe('An obstacle that somebody has looked at', () => {
  test('may stay when the ratchet file has it, and a new one may not', async () => {
    const ratchet = path.join(path.dirname(calls), 'known.json');
    const written = await macro([...broken, '--ratchet', ratchet, '--update-ratchet']);
    expect(written).toMatchObject({ code: 0, out: `${ratchet} holds 38 known obstacles now.\n` });

    const all = await macro([...broken, '--ratchet', ratchet]);
    expect(all.code).toBe(0);
    expect(all.out).toMatch(/\n✓ READY: .* out, with 3 notes, and 38 known obstacles that may stay\.\n$/);

    const content = JSON.parse(readFileSync(ratchet, 'utf8'));
    content.violations = content.violations.filter(({ rule }: { rule: string }) => rule !== 'synchronous-cycle');
    writeFileSync(ratchet, JSON.stringify(content));
    const fewer = await macro([...broken, '--ratchet', ratchet, '--json']);
    expect(fewer.code).toBe(1);
    expect(JSON.parse(fewer.out)).toMatchObject({ ready: false, obstacles: [{ rule: 'synchronous-cycle' }] });
  });
});

test('Colour is for terminals', async () => {
  expect((await macro(broken)).out).not.toContain(ESCAPE);
  expect((await macro(broken, { isTTY: true })).out).toContain(ESCAPE);
});

test('JSON has the verdict, obstacles, notes and rules, and traffic where calls were recorded', async () => {
  const ready = await macro([...clean, '--json', '--calls', calls, '--rule', 'chatty-path', 'query-in-transaction']);
  expect(ready.code).toBe(0);
  expect(JSON.parse(ready.out)).toMatchObject({
    module: 'payments',
    package: '@shop/payments',
    owner: 'team-payments',
    ready: true,
    obstacles: [],
    notes: [{ rule: 'query-in-transaction' }],
    traffic: [{ action: 'payments.charge', times: 1, median: 1, most: 1 }],
    rules: ['chatty-path', 'query-in-transaction'],
  });

  const notReady = await macro([...broken, '--json']);
  expect(notReady.code).toBe(1);
  expect(JSON.parse(notReady.out)).toMatchObject({ ready: false });
});

test('Recorded traffic is a table', async () => {
  expect((await macro([...clean, '--calls', calls])).out).toContain(
    [
      'action           recorded  calls across, median  most',
      'payments.charge         1                     1     1',
    ].join('\n'),
  );
});

describe('A wrong request is answered with one sentence and exit code 2', () => {
  test.each([
    [
      ['readiness', 'wishes', ...clean.slice(2)],
      /^macro: There is no module 'wishes'\. The modules are: catalog, orders, payments, stock\.\n$/,
    ],
    [['readiness', ...clean.slice(2)], /^macro: missing required argument 'module'\. See macro readiness --help\.\n$/],
    [
      ['readiness', 'payments', '--root', import.meta.dirname],
      /^macro: .* is no workspace: it holds no pnpm-workspace\.yaml\. .*\n$/,
    ],
    [
      [...clean, '--rule', 'no-such-rule'],
      /^macro: There is no rule 'no-such-rule'\. The rules are: command-in-callers-transaction, .*\n$/,
    ],
    [
      [...clean, '--ratchet', '/does/not/exist.json'],
      /^macro: The ratchet file .* does not exist\. Make it with: macro readiness payments --ratchet .*\n$/,
    ],
    [[...clean, '--update-ratchet'], /^macro: --update-ratchet needs --ratchet FILE, .*\n$/],
    [[...clean, '--calls', '/does/not/exist'], /^macro: The file of calls \/does\/not\/exist does not exist\. .*\n$/],
    [
      [...clean, '--calls', import.meta.filename],
      /^macro: .*readiness-command\.test\.ts:1 is no call\. A line is JSON with .*\n$/,
    ],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await macro(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
  });
});
