import { randomUUID } from 'node:crypto';
import { command, type InputOf, type OutputOf, Port, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import { PaymentRow, PaymentStore } from '../stores/payment-store.js';
import { CreatePayments1764547200000 } from './tables.js';

export abstract class Payments extends Port({
  name: 'payments',
  version: '1.0.0',
  operations: {
    capture: command({
      input: z.object({ orderId: z.uuid(), amountCents: z.int() }),
      output: z.object({ paymentId: z.uuid() }),
    }),
  },
}) {}

@Injectable()
export class PaymentsService implements Payments {
  constructor(private readonly payments: PaymentStore) {}

  async capture({ orderId, amountCents }: InputOf<Payments['capture']>): Promise<OutputOf<Payments['capture']>> {
    const paymentId = randomUUID();
    await this.payments.add({ paymentId, orderId, amountCents, status: 'captured' });
    return { paymentId };
  }
}

@LocalModule(defineModule(Payments, { owner: 'team-payments' }), {
  provider: PaymentsService,
  providers: [PaymentStore],
  features: [database({ entities: [PaymentRow], migrations: [CreatePayments1764547200000] })],
})
export class PaymentsModule {}
