import { Transactional } from '@shop/data';
import { Payments } from '@shop/payments';

abstract class Base {
  constructor(protected readonly payments: Payments) {}

  protected async giveBack(order) {
    await this.payments.refund(order);
  }
}

export class Refunds extends Base {
  @Transactional()
  async refundAll(order) {
    await this.giveBack(order);
    await this.payments.charge(order);
  }
}
