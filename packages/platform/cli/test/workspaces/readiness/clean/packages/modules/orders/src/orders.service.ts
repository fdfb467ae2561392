import { UnitOfWork, Workflows } from '@shop/core';
import { detach, Transactional } from '@shop/data';
import { On } from '@shop/events';
import { Payments } from '@shop/payments';
import { Orders } from './index.js';
import { METHODS } from './methods.js';
import { payOrder } from './pay-order.workflow.js';

export class OrdersService implements Orders {
  constructor(
    private readonly payments: Payments,
    private readonly unitOfWork: UnitOfWork,
    private readonly workflows: Workflows,
  ) {}

  async place(input) {
    return this.workflows.run(payOrder, input);
  }

  async compare(input) {
    const all = [];
    let cursor;
    do {
      const page = await this.payments.listPayments({ ...input, cursor });
      all.push(...(await this.pageOf(page.items)));
      cursor = page.nextCursor;
    } while (cursor);
    for (const payment of await this.payments.listPayments(input)) all.push(payment);
    for (const method of METHODS) all.push(await this.payments.listPayments({ method }));
    return all;
  }

  private async pageOf(orderIds: readonly string[]) {
    return this.payments.listPayments({ orderIds });
  }

  async again(input) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.payments.listPayments(input);
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** Nothing that begins a transaction leads here. */
  async byHand(input) {
    await this.payments.refund(input);
    await this.unitOfWork.run(async () => {
      await detach(() => this.payments.refund(input));
      await this.payments.remind(input);
      await this.payments.askNetwork(input);
    });
  }

  @On(Orders.event.orderPlaced)
  async thank(event) {
    for (const line of event.lines) await this.payments.remind(line);
  }
}
