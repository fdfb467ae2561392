/** Payments in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox, subscriptions } from '@macrolith/events';
import { AccountRow } from './account.entity.js';
import { EntryRow } from './entry.entity.js';
import { OrderMoney } from './fulfilment/order-money.js';
import { payments } from './manifest.js';
import { CreateLedger1764547200000 } from './migrations/1764547200000-create-ledger.js';
import { PaymentRow } from './payment.entity.js';
import { PaymentsService } from './payments.service.js';

@LocalModule(payments, {
  provider: PaymentsService,
  features: [
    database({ entities: [AccountRow, PaymentRow, EntryRow], migrations: [CreateLedger1764547200000] }),
    outbox(),
    subscriptions([OrderMoney]),
  ],
})
export class PaymentsModule {}
