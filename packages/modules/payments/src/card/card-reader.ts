import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { Payment } from '../index.js';
import type { PaymentRow } from '../payment.entity.js';
import { toPayment } from '../views.js';
import { CardPaymentRow } from './card-payment.entity.js';

/** Reads what payments by card have beside what every payment has. Accounts cost nothing here. */
@Injectable()
export class CardReader {
  constructor(@InjectRepository(CardPaymentRow) private readonly cards: Repository<CardPaymentRow>) {}

  /** The payments as others see them, in the same order. */
  async complete(rows: readonly PaymentRow[]): Promise<Payment[]> {
    const ids = rows.filter(({ accountId }) => accountId === null).map(({ paymentId }) => paymentId);
    const found = ids.length === 0 ? [] : await this.cards.findBy({ paymentId: In(ids) });
    const cards = new Map(found.map((card) => [card.paymentId, card]));
    return rows.map((row) => toPayment(row, cards.get(row.paymentId)));
  }
}
