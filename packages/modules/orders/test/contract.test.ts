import { bootModule, contractSuite } from '@macrolith/testing';
import { Orders } from '../src/index.js';
import { OrdersModule } from '../src/local.js';
import { FakeOrders } from '../src/testing.js';
import { specifyCardOrders } from './cards.contract.js';
import { specifyFulfilment } from './fulfilment.contract.js';
import { specifyOrders } from './orders.contract.js';
import { aShop } from './shop.js';

const shops = {
  local: await aShop(),
  loopback: await aShop(),
  remote: await aShop(),
  durable: await aShop(),
  apart: await aShop(),
  fake: await aShop(),
};

contractSuite(Orders, {
  real: (binding) => bootModule(OrdersModule, { binding, fakes: shops[binding].fakes }),
  durable: () => bootModule(OrdersModule, { workflows: 'durable', fakes: shops.durable.fakes }),
  apart: () => bootModule(OrdersModule, { fakesAre: 'elsewhere', fakes: shops.apart.fakes }),
  fake: () => new FakeOrders(shops.fake.catalog, shops.fake.inventory, shops.fake.payments, shops.fake.fraud),
  specify: (orders) => {
    specifyOrders(orders, () => shops[orders.under]);
    specifyFulfilment(orders, () => shops[orders.under]);
    specifyCardOrders(orders, () => shops[orders.under]);
  },
});
