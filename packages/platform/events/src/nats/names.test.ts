import { describe, expect, test } from '@jest/globals';
import { NatsNames } from './names.js';

describe('Names in NATS', () => {
  test('are made from the product, the module and the event', () => {
    const names = new NatsNames('shop');

    expect(names.stream).toBe('shop-events');
    expect(names.subjectOf('orders.order-placed.v2')).toBe('shop.events.orders.order-placed.v2');
    expect(names.subjectsOf('orders.order-placed')).toBe('shop.events.orders.order-placed.*');
    expect(names.callsOf('orders')).toBe('shop.calls.orders.>');
    expect(names.eventsOf('orders')).toBe('shop.events.orders.>');
    expect(names.inboxOf('orders')).toBe('_INBOX.shop.orders');
    expect(names.durableOf('notifications', 'orders.order-placed')).toBe('notifications_orders_order-placed');
  });

  test.each(['', 'Shop', 'my.shop', 'shop>', 'a shop'])('are not made from the product %j', (system) => {
    expect(() => new NatsNames(system)).toThrow(TypeError);
  });
});
