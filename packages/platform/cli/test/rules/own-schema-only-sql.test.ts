import { expect, test } from '@jest/globals';
import { foundBy, foundInClean } from './miniature.js';

test("SQL names the module's own schema only, wherever it is written, and can be read", async () => {
  expect(await foundBy('own-schema-only-sql')).toEqual([
    'orders/src/migrations/1764547200000-create-line.ts:7:36 catalog.product',
    'orders/src/migrations/1764547200000-create-line.ts:8:14 catalog.kind',
    'orders/src/migrations/1764547200000-create-line.ts:14:16 catalog.product',
    'orders/src/migrations/1764547200000-create-line.ts:18:43 catalog.product.name',
    'orders/src/migrations/1764547200000-create-line.ts:19:47 catalog',
    'orders/src/migrations/1764547200000-create-line.ts:20:51 catalog',
    'orders/src/migrations/1764547200000-create-line.ts:21:29 catalog.product',
    'orders/src/orders.service.ts:7:10 catalog.product',
    'orders/src/orders.service.ts:16:50 catalog.product_seq',
    'orders/src/orders.service.ts:17:44 computed: table',
    'orders/src/orders.service.ts:18:29 computed: table',
    'orders/src/orders.service.ts:19:30 unparseable: syntax error at or near "SELEC"',
    'orders/src/orders.service.ts:20:30 SET search_path',
    'orders/src/orders.service.ts:21:30 set_config of role',
    'orders/src/orders.service.ts:27:18 catalog.product',
    'orders/src/orders.service.ts:28:37 catalog.product',
    'orders/src/orders.service.ts:29:25 computed: column',
    'orders/src/orders.service.ts:35:29 computed: column',
    'orders/src/orders.service.ts:37:70 catalog.product',
    'orders/src/orders.service.ts:38:68 catalog.product',
    'orders/src/orders.service.ts:39:56 catalog.product',
    'orders/src/orders.service.ts:40:80 catalog.product',
    'orders/src/orders.service.ts:41:60 catalog.product',
    'orders/src/report.sql:2:8 catalog.product',
    'orders/src/tables.ts:1:26 catalog.product',
    'orders/src/tables.ts:2:44 warehouse.stock',
    'orders/src/tables.ts:4:30 catalog.product',
  ]);
});

test('a workspace that keeps the rule is left in peace', async () => {
  expect(await foundInClean('own-schema-only-sql')).toEqual([]);
});
