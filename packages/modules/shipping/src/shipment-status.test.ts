import { expect, test } from '@jest/globals';
import { ShipmentStatus } from './index.js';
import { type ShipmentAction, statusAfter, whereabouts } from './shipment-status.js';

const ACTIONS: readonly ShipmentAction[] = ['dispatch', 'deliver', 'refuse'];

test('each status allows what the drawing shows, and nothing else', () => {
  const transitions = ShipmentStatus.options.flatMap((status) =>
    ACTIONS.map((action) => [status, action, statusAfter(status, action)]).filter(([, , next]) => next !== undefined),
  );
  expect(transitions).toEqual([
    ['requested', 'dispatch', 'dispatched'],
    ['requested', 'refuse', 'refused'],
    ['dispatched', 'deliver', 'delivered'],
    ['dispatched', 'refuse', 'refused'],
  ]);
});

test('goods are in the house until they are dispatched', () => {
  expect([whereabouts('requested'), whereabouts('dispatched')]).toEqual(['in-house', 'away']);
});
