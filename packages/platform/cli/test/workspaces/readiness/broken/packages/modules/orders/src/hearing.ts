import { On } from '@shop/events';
import { Payments } from '@shop/payments';

export class Hearing {
  constructor(private readonly payments: Payments) {}

  @On(Payments.event.charged)
  async giveUp(event) {
    await this.payments.refund(event);
  }
}
