import { expect, test } from '@jest/globals';
import { Counter } from './counter.js';
import { Histogram } from './histogram.js';

const DESCRIPTION = { name: 'shop.sales', help: 'Sales.', unit: '{sale}' };

test('what a figure has no room for is counted together', () => {
  const sales = new Counter(DESCRIPTION, 2);
  for (const sku of ['lamp', 'shade', 'bulb', 'cord', 'lamp']) sales.series({ sku }).add();
  expect([...sales.all()].map(({ labels, series }) => [labels, series.value])).toEqual([
    [{ sku: 'lamp' }, 2],
    [{ sku: 'shade' }, 1],
    [{ 'otel.metric.overflow': 'true' }, 2],
  ]);
});

test('a bound belongs to the bucket below it', () => {
  const weights = new Histogram(DESCRIPTION, [1, 2]).series({});
  for (const weight of [0, 1, 1.5, 2, 2.5, 99]) weights.record(weight);
  expect(weights).toMatchObject({ counts: [2, 2, 2], count: 6, sum: 106 });
});
