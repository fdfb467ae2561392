import { expect, test } from '@jest/globals';
import { describeReport } from './report.js';

const compared = { ordersCompared: 12, paymentsCompared: 12, chargesCompared: 5, complete: true };

test('where nothing differs, the report is what was compared', () => {
  expect(describeReport({ ...compared, differences: [] })).toBe(
    ['Orders        12', 'Payments      12', 'Card charges  5', 'Differences   0'].join('\n'),
  );
});

test('differences stand in columns, each with what it is', () => {
  const about = { between: 'payments and card network', since: '2026-11-26T00:00:00.000Z' };
  const differences = [
    { ...about, kind: 'unknown-charge', networkId: 'auth_1', mendable: true, explanation: 'Nobody knows it.' },
    {
      ...about,
      kind: 'missing-charge',
      orderId: 'o-1',
      paymentId: 'p-1',
      mendable: false,
      explanation: 'It is not there.',
    },
  ];

  expect(
    describeReport({ ...compared, differences, mended: 0 })
      .split('\n')
      .slice(3),
  ).toEqual([
    'Differences   2',
    'Mended        0',
    '',
    'DIFFERENCE      ORDER  PAYMENT              WHAT IT IS',
    'unknown-charge  -      auth_1   mendable    Nobody knows it.',
    'missing-charge  o-1    p-1      for people  It is not there.',
  ]);
});
