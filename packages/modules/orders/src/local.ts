/** Orders in this process, on PostgreSQL. */
import { LocalModule } from '@macrolith/core';
import { database } from '@macrolith/data';
import { outbox, subscriptions } from '@macrolith/events';
import { durableWorkflows } from '@macrolith/workflow';
import { CancellationRow } from './book/cancellation.entity.js';
import { OrderBook } from './book/order-book.js';
import { OrderBookService } from './book/order-book.service.js';
import { OrderHeaderRow } from './book/order-header.entity.js';
import { OrderReader } from './book/order-reader.js';
import { AutomaticFulfilment } from './fulfilment/automatic-fulfilment.js';
import { orders } from './manifest.js';
import { CreateOrder1764547200000 } from './migrations/1764547200000-create-order.js';
import { AddCountry1795651200000 } from './migrations/1795651200000-add-country.js';
import { AddFulfilment1795667251300 } from './migrations/1795667251300-add-fulfilment.js';
import { AddChanging1795667920000 } from './migrations/1795667920000-add-changing.js';
import { PayByCard1795670400000 } from './migrations/1795670400000-pay-by-card.js';
import { OrdersService } from './orders.service.js';
import { PaymentComparison } from './reconciliation/payment-comparison.js';
import { StoryTeller } from './story/story-teller.js';
import { cancelOrder } from './workflows/cancel-order.workflow.js';
import { fulfilOrder } from './workflows/fulfil-order.workflow.js';
import { placeCardOrder } from './workflows/place-card-order.workflow.js';
import { placeOrder } from './workflows/place-order.workflow.js';
import { refundOrder } from './workflows/refund-order.workflow.js';
import { withdrawOrder } from './workflows/withdraw-order.workflow.js';

@LocalModule(orders, {
  provider: OrdersService,
  providers: [OrderReader, PaymentComparison, StoryTeller],
  internal: [[OrderBook, OrderBookService]],
  workflows: [placeOrder, placeCardOrder, cancelOrder, withdrawOrder, refundOrder, fulfilOrder],
  features: [
    database({
      entities: [OrderHeaderRow, CancellationRow],
      migrations: [
        CreateOrder1764547200000,
        AddCountry1795651200000,
        AddFulfilment1795667251300,
        AddChanging1795667920000,
        PayByCard1795670400000,
      ],
    }),
    outbox(),
    durableWorkflows(),
    subscriptions([AutomaticFulfilment]),
  ],
})
export class OrdersModule {}
