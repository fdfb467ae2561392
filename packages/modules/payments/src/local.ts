/** Payments in this process, on PostgreSQL, with cards through a card network. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox, subscriptions } from '@macrolith/events';
import { AccountRow } from './account.entity.js';
import { CardRow } from './card/card.entity.js';
import { CardAuthorisations } from './card/card-authorisations.js';
import { CardNetwork } from './card/card-network.js';
import { CardNews } from './card/card-news.js';
import { CardPaymentRow } from './card/card-payment.entity.js';
import { CardReader } from './card/card-reader.js';
import { CardSettlements } from './card/card-settlements.js';
import { HttpCardNetwork } from './card/http-card-network.js';
import { KeptCards } from './card/kept-cards.js';
import { SettlementRow } from './card/settlement.entity.js';
import { EntryRow } from './entry.entity.js';
import { OrderMoney } from './fulfilment/order-money.js';
import { Ledger } from './ledger.js';
import { payments } from './manifest.js';
import { CreateLedger1764547200000 } from './migrations/1764547200000-create-ledger.js';
import { TakeCards1795651200000 } from './migrations/1795651200000-take-cards.js';
import { PaymentRow } from './payment.entity.js';
import { PaymentActions } from './payment-actions.js';
import { PaymentsService } from './payments.service.js';
import { CardMending } from './reconciliation/card-mending.js';
import { CardReconciliation } from './reconciliation/card-reconciliation.js';

export { CardNetworkOptions, InvalidCardNetworkOptions } from './card/card-network-options.js';

@LocalModule(payments, {
  provider: PaymentsService,
  providers: [
    Ledger,
    PaymentActions,
    CardReader,
    CardAuthorisations,
    CardSettlements,
    CardNews,
    KeptCards,
    CardReconciliation,
    CardMending,
  ],
  internal: [[CardNetwork, HttpCardNetwork]],
  features: [
    database({
      entities: [AccountRow, PaymentRow, EntryRow, CardRow, CardPaymentRow, SettlementRow],
      migrations: [CreateLedger1764547200000, TakeCards1795651200000],
    }),
    outbox(),
    subscriptions([OrderMoney]),
  ],
})
export class PaymentsModule {}
