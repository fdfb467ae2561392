import { expect, test } from '@jest/globals';
import type { ModuleNode } from './module-graph.js';
import { workflowModes } from './workflow-nodes.js';

const module = (name: string, workflows: ModuleNode['workflows'] = []) =>
  ({ name, package: `@shop/${name}`, workflows }) as unknown as ModuleNode;
const modules = [
  module('stock'),
  module('orders', [
    { name: 'orders.place', participants: ['@shop/stock'], external: [] },
    { name: 'orders.note', participants: [], external: [] },
    { name: 'orders.pay', participants: [], external: ['Bank.charge'] },
  ]),
];
const bound = (orders: 'local' | 'remote', stock: 'local' | 'remote' | 'strangler') => [
  { package: '@shop/orders', binding: orders },
  { package: '@shop/stock', binding: stock },
];

test('a workflow is one transaction while everybody is in the process and nothing acts outside the database', () => {
  expect(workflowModes(bound('local', 'local'), modules)).toEqual([
    { name: 'orders.place', mode: 'collapsed' },
    { name: 'orders.note', mode: 'collapsed' },
    { name: 'orders.pay', mode: 'durable' },
  ]);
});

test.each(['remote', 'strangler'] as const)('a workflow with a participant that is %s is durable', (binding) => {
  expect(workflowModes(bound('local', binding), modules).map(({ mode }) => mode)).toEqual([
    'durable',
    'collapsed',
    'durable',
  ]);
});

test('the workflows of a module that is elsewhere run elsewhere', () => {
  expect(workflowModes(bound('remote', 'local'), modules)).toEqual([]);
});
