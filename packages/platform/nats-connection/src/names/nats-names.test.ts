import { describe, expect, test } from '@jest/globals';
import { isInbox } from './inbox.js';
import { NatsNames } from './nats-names.js';
import { serviceSubject, serviceSubjectsOf } from './service-names.js';

describe('Names in NATS', () => {
  test('of calls are made from the product, the module and the operation', () => {
    const { calls } = new NatsNames('shop');

    expect(calls.subjectOf({ module: 'catalog', name: 'getProduct' })).toBe('shop.calls.catalog.getProduct');
    expect(calls.subjectsOf('catalog')).toBe('shop.calls.catalog.*');
    expect(calls.contractOf('catalog')).toBe('shop.contracts.catalog');
    expect(calls.queueGroup).toBe('shop');
  });

  test('of events are made from the product, the module and the event', () => {
    const { events } = new NatsNames('shop');

    expect(events.stream).toBe('shop-events');
    expect(events.subjectOf('orders.order-placed.v2')).toBe('shop.events.orders.order-placed.v2');
    expect(events.subjectsOf('orders.order-placed')).toBe('shop.events.orders.order-placed.*');
    expect(events.eventsOf('orders')).toBe('shop.events.orders.>');
    expect(events.durableOf('notifications', 'orders.order-placed')).toBe('notifications_orders_order-placed');
  });

  test('of services are those of the service API', () => {
    expect(serviceSubject('PING')).toBe('$SRV.PING');
    expect(serviceSubject('STATS', 'catalog', 'abc')).toBe('$SRV.STATS.catalog.abc');
    expect(serviceSubjectsOf('catalog')).toHaveLength(9);
  });

  test('of inboxes are made from the product and the user', () => {
    expect(new NatsNames('shop').inboxOf('orders')).toBe('_INBOX.shop.orders');
  });

  test.each(['', 'Shop', 'my.shop', 'shop>', 'a shop'])('are not made from the product %j', (system) => {
    expect(() => new NatsNames(system)).toThrow(TypeError);
  });
});

test.each([
  ['_INBOX.macrolith.shell.abc.1', true],
  ['_INBOXES.a', false],
  ['macrolith.calls.orders.place', false],
  ['$JS.API.STREAM.DELETE.macrolith-events', false],
  ['', false],
  [undefined, false],
])('%s is an inbox: %s', (subject, expected) => {
  expect(isInbox(subject)).toBe(expected);
});
