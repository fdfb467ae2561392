import { describe, expect, test } from '@jest/globals';
import { readiness } from '../../src/readiness/readiness.js';
import { readWorkspace } from '../../src/workspace/workspace.js';
import { miniature } from '../rules/miniature.js';
import { standsInTheWay } from './miniature-readiness.js';

/** Each rule with what it finds where `payments` cannot move out. */
const FOUND: readonly (readonly [rule: string, found: readonly string[]])[] = [
  [
    'command-in-callers-transaction',
    [
      'orders/src/hearing.ts:9:11 Hearing.giveUp → payments.refund',
      'orders/src/mending.ts:11:29 Mending.mendOne → payments.refund',
      'orders/src/order-book.ts:14:11 OrderBookService.open → payments.charge',
      'orders/src/orders.service.ts:18:13 OrdersService.place → payments.charge',
      'orders/src/orders.service.ts:31:13 OrdersService.giveBack → payments.refund',
      'orders/src/refunds.ts:8:11 Base.giveBack → payments.refund',
      'orders/src/refunds.ts:16:11 Refunds.refundAll → payments.charge',
      'orders/src/shapes.ts:25:11 Shapes.arrow → payments.refund',
      'orders/src/shapes.ts:34:11 Shapes.byField → payments.refund',
      'orders/src/shapes.ts:36:11 Shapes.byField → payments.refund',
      'orders/src/shapes.ts:41:11 Shapes.byNamespace → payments.refund',
      'orders/src/shapes.ts:42:11 Shapes.byNamespace → payments.refund',
      'orders/src/shapes.ts:48:32 Shapes.byReference → payments.refund',
      'orders/src/shapes.ts:53:9 refundAll → payments.refund',
    ],
  ],
  ['command-in-own-transaction', ['payments/src/payments.service.ts:10:11 PaymentsService.charge → catalog.block']],
  [
    'workflow-in-transaction',
    [
      'orders/src/orders.service.ts:26:11 OrdersService.cancel → orders.pay',
      'orders/src/orders.service.ts:43:12 OrdersService.settle → orders.pay',
    ],
  ],
  ['durable-runs-have-tables', ['orders/src/pay-order.workflow.ts:5:14 orders.pay']],
  ['synchronous-cycle', ['catalog/src/manifest.ts:5:76 @shop/catalog → @shop/payments']],
  [
    'chatty-path',
    [
      'orders/src/mending.ts:11:29 Mending.mendOne → payments.refund',
      'orders/src/shapes.ts:48:32 Shapes.byReference → payments.refund',
      'payments/src/payments.service.ts:14:51 PaymentsService.refund → catalog.getProduct',
    ],
  ],
  [
    'contract-crosses-wire',
    [
      'payments/src/amount.ts:3:43 z.bigint()',
      'payments/src/amount.ts:3:70 .trim()',
      'payments/src/index.ts:11:47 z.date()',
      'payments/src/index.ts:15:53 z.map()',
    ],
  ],
  ['private-port-used', ['catalog/src/catalog.service.ts:1:1 payments.ledger']],
  [
    'web-needs-port-only',
    [
      'payments/src/payments.controller.ts:12:30 PaymentsController ← Ledger',
      'payments/src/payments.controller.ts:13:23 PaymentsController ← PaymentRow',
      'payments/src/payments.controller.ts:13:58 PaymentsController ← Repository',
      'payments/src/payments.controller.ts:14:31 PaymentsController ← Catalog',
      'payments/src/payments.controller.ts:15:30 PaymentsController ← Events',
    ],
  ],
  [
    'movable-package',
    [
      'payments/package.json:1:1 ./remote',
      'payments/package.json:1:1 ./testing',
      'payments/package.json:1:1 contract suite',
    ],
  ],
  ['public-index-only', ['shop/src/report.ts:2:1 @shop/payments/src/payments.service.js']],
  ['own-schema-only-sql', ['shop/src/report.ts:8:49 payments.payment']],
  [
    'query-in-transaction',
    [
      'orders/src/orders.service.ts:24:27 OrdersService.cancel → payments.getPayment',
      'payments/src/payments.service.ts:14:51 PaymentsService.refund → catalog.getProduct',
    ],
  ],
  ['events-leave-the-process', ['apps/shell/src/app.module.ts:1:1 @shop/shell → @shop/events/local']],
];

describe('In the way of a module stands', () => {
  test.each(FOUND)('%s', async (rule, found) => {
    expect(await standsInTheWay(rule, 'broken')).toEqual(found);
  });

  test('workflow-becomes-durable, which is a note: so it is for every workflow that is one transaction today', async () => {
    for (const workspace of ['broken', 'clean'] as const) {
      expect(await standsInTheWay('workflow-becomes-durable', workspace)).toEqual([
        'orders/src/pay-order.workflow.ts:5:14 orders.pay',
      ]);
    }
  });
});

test('Tasks, steps, external commands, calls apart from a transaction, constants, pages, retries, batches and what tasks do stand in no way', async () => {
  const { obstacles, notes } = await readiness(readWorkspace(miniature('readiness/clean')), { module: 'payments' });

  expect(obstacles).toEqual([]);
  expect(notes.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
    'workflow-becomes-durable orders.pay',
    'events-leave-the-process @shop/payments hears @shop/orders',
    'query-in-transaction PaymentsService.listPayments → catalog.getProduct',
  ]);
});

describe('A finding says', () => {
  const broken = (rule: string) =>
    readiness(readWorkspace(miniature('readiness/broken')), { module: 'payments', rules: [rule] });

  test('the way from the transaction to the call, and why there is one', async () => {
    const { obstacles } = await broken('command-in-callers-transaction');

    expect(obstacles.filter(({ file }) => !file.endsWith('shapes.ts')).map(({ message }) => message)).toEqual([
      'Hearing.giveUp → payments.refund is a command in a transaction: Hearing.giveUp hears an event, in one transaction with the record that it did. After the move it is refused there.',
      'OrdersService.mend → Mending.mendAll → Mending.mendOne → payments.refund is a command in a transaction: OrdersService.mend answers orders.mend, which is one transaction with its stored outcome when a caller sends an idempotency key. After the move it is refused there.',
      'OrderBookService.open → payments.charge is a command in a transaction: OrderBookService.open is a step of the workflow orders.pay, and steps run in transactions. After the move it is refused there.',
      'OrdersService.place → payments.charge is a command in a transaction: OrdersService.place opens a unit of work around it. After the move it is refused there.',
      'OrdersService.cancel → OrdersService.giveBack → payments.refund is a command in a transaction: OrdersService.cancel is @Transactional(). After the move it is refused there.',
      'Refunds.refundAll → Base.giveBack → payments.refund is a command in a transaction: Refunds.refundAll is @Transactional(). After the move it is refused there.',
      'Refunds.refundAll → payments.charge is a command in a transaction: Refunds.refundAll is @Transactional(). After the move it is refused there.',
    ]);
  });

  test('that a command of the module itself always has a key once it is called over the network', async () => {
    const { notes } = await broken('query-in-transaction');

    expect(notes[1]!.message).toBe(
      'PaymentsService.refund → catalog.getProduct will wait for the network in a transaction: PaymentsService.refund answers payments.refund, which is one transaction with its stored outcome under an idempotency key, and every call over the network has one.',
    );
  });

  test('that a keyed command of another module runs the workflow, where its own module may', async () => {
    const { obstacles } = await broken('workflow-in-transaction');

    expect(obstacles[1]!.message).toBe(
      'ShopService.sell → OrdersService.settle → workflow orders.pay takes several transactions after the move, and is run inside one: ShopService.sell answers shop.sell, which is one transaction with its stored outcome when a caller sends an idempotency key.',
    );
  });

  test('who is heard across the cut, and what the app that keeps events has to import', async () => {
    const { obstacles } = await broken('events-leave-the-process');

    expect(obstacles).toMatchObject([
      {
        file: 'apps/shell/src/app.module.ts',
        line: 1,
        message:
          '@shop/shell keeps events in the database, and they are heard across the cut: @shop/orders hears payments.charged of @shop/payments (packages/modules/orders/src/hearing.ts:7); @shop/payments hears orders.order-placed of @shop/orders (packages/modules/payments/src/order-money.ts:7).',
        remedy:
          "Import EventsModule from '@shop/events/nats' here, always or where NATS_URL is set, and set NATS_URL in each process.",
      },
    ]);
  });

  test('whose loop it is', async () => {
    const { obstacles } = await broken('chatty-path');

    expect(obstacles[0]).toMatchObject({
      owner: 'team-checkout',
      message:
        'Mending.mendAll → Mending.mendOne → payments.refund is called once for each of many things, in a loop of Mending.mendAll.',
      remedy:
        'Ask @shop/payments for an operation that does what payments.refund does for a whole list, or hand the list over in a task.',
    });
  });
});
