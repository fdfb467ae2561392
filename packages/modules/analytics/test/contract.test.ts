import { FakeCatalog } from '@macrolith/catalog/testing';
import { FakeFraud } from '@macrolith/fraud/testing';
import { FakeInventory } from '@macrolith/inventory/testing';
import { Orders } from '@macrolith/orders';
import { FakeOrders } from '@macrolith/orders/testing';
import { FakePayments } from '@macrolith/payments/testing';
import { bootModule, contractSuite, hear, type RunningModules } from '@macrolith/testing';
import { Analytics } from '../src/index.js';
import { AnalyticsModule } from '../src/local.js';
import { FakeAnalytics } from '../src/testing.js';
import { specifyAnalytics, type Tell } from './analytics.contract.js';

const orders = new FakeOrders(new FakeCatalog(), new FakeInventory(), new FakePayments(), new FakeFraud());
const booted = new Map<string, RunningModules>();
const fake = new FakeAnalytics();

contractSuite(Analytics, {
  real: async (binding) => {
    const modules = await bootModule(AnalyticsModule, { binding, fakes: [[Orders, orders]] });
    booted.set(binding, modules);
    return modules;
  },
  fake: () => fake,
  specify: (analytics) => {
    const tellFake: Tell = async (event, data) => fake.hear(event, data);
    specifyAnalytics(analytics, () => {
      const modules = booted.get(analytics.under);
      return modules === undefined ? tellFake : (event, data) => hear(modules, event, data);
    });
  },
});
