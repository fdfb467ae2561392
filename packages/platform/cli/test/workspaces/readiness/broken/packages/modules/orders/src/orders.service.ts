import { UnitOfWork, Workflows } from '@shop/core';
import { Transactional } from '@shop/data';
import { type Payments as Money } from '@shop/payments';
import { Orders } from './index.js';
import { Mending } from './mending.js';
import { payOrder } from './pay-order.workflow.js';

export class OrdersService implements Orders {
  constructor(
    private readonly payments: Money,
    private readonly unitOfWork: UnitOfWork,
    private readonly workflows: Workflows,
    private readonly mending: Mending,
  ) {}

  async place(input) {
    await this.unitOfWork.run(async () => {
      await this.payments.charge(input);
    });
  }

  @Transactional()
  async cancel(input) {
    const payment = await this.payments.getPayment(input);
    await this.giveBack(payment);
    await this.workflows.run(payOrder, input);
  }

  private async giveBack(payment) {
    if (payment.isTaken) {
      await this.payments
        .refund(payment);
    }
  }

  async list() {}

  mend(input) {
    return this.mending.mendAll(input);
  }

  settle(input) {
    return this.workflows.run(input.later ? payOrder : undefined, input);
  }
}
