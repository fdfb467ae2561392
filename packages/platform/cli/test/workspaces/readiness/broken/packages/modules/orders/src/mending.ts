import { Payments } from '@shop/payments';

export class Mending {
  constructor(private readonly payments: Payments) {}

  async mendAll({ orders }) {
    for (const order of orders) await this.mendOne(order);
  }

  private async mendOne(order: { isLost: boolean }) {
    if (order.isLost) await this.payments.refund(order);
  }
}
