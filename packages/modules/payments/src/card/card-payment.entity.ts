import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CardDeclineReason, Settlement } from './card.js';

/** What a payment by card has beside what every payment has. */
@Entity({ schema: 'payments', name: 'card_payment' })
export class CardPaymentRow {
  @PrimaryColumn('uuid', { name: 'payment_id' })
  paymentId!: string;

  /** Names the wish that made the payment: the same wish is the same payment. Null where nobody named it. */
  @Column('text', { name: 'request_key', nullable: true })
  requestKey!: string | null;

  @Column('text')
  token!: string;

  /** What the network calls it; null before it has answered, and for a payment of nothing, which it is not asked for. */
  @Column('text', { name: 'network_id', nullable: true })
  networkId!: string | null;

  @Column('text', { name: 'decline_reason', nullable: true })
  declineReason!: CardDeclineReason | null;

  /** Null while nothing but the authorisation was asked of the network. */
  @Column('text', { nullable: true })
  settlement!: Settlement | null;
}
