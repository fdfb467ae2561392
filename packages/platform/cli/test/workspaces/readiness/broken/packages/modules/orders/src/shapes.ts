import { UnitOfWork } from '@shop/core';
import { Transactional } from '@shop/data';
import * as money from '@shop/payments';
import type { Payments } from '@shop/payments';

interface Ports {
  readonly payments: Payments;
}

/** A call is a call, however it is written. */
export class Shapes {
  readonly #payments: Payments;

  constructor(
    payments: Payments,
    private readonly ports: Ports,
    private readonly named: money.Payments,
    private readonly unitOfWork: UnitOfWork,
  ) {
    this.#payments = payments;
  }

  private readonly arrow = async () => {
    const payments = this.#payments;
    await payments?.refund({});
  };

  byArrow() {
    return this.unitOfWork.run(() => this.arrow());
  }

  @Transactional()
  async byField() {
    await (this.ports.payments as Payments)!.refund({});
    const { payments } = this.ports;
    await payments['refund']({});
  }

  @Transactional({ isolation: 'SERIALIZABLE' })
  async byNamespace(app) {
    await this.named.refund({});
    await app.get(money.Payments).refund({});
    await refundAll(this.named);
  }

  @Transactional()
  async byReference(list: readonly string[]) {
    await Promise.all(list.map(this.#payments.refund));
  }
}

async function refundAll(payments: Payments) {
  await payments.refund({});
}
