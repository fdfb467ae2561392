import type { InputOf } from '@macrolith/contract';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CardNetwork, type NetworkAuthorisation } from '../card/card-network.js';
import type { Payments } from '../index.js';
import { PaymentRow } from '../payment.entity.js';
import { type ComparedPayment, differencesOf, doubled, strayCharge } from './compare.js';
import { mergeJoin, pages } from './merge-join.js';
import type { Difference, Reconciliation } from './reconciliation.js';
import { ANSWERED_PAYMENTS, COMPARED_PAYMENT, UNANSWERED_PAYMENTS } from './statements/compared-payments.js';

const PAGE = 500;
const MAX_DIFFERENCES = 1000;
const DEFAULT_AGE_S = 60;

interface Known extends ComparedPayment {
  readonly networkId: string | null;
  readonly updatedAt: Date;
}

/** Compares our payments by card with the network's list, side by side in the order of the network's ids, page by page. */
@Injectable()
export class CardReconciliation {
  constructor(
    @InjectRepository(PaymentRow) private readonly payments: Repository<PaymentRow>,
    private readonly network: CardNetwork,
  ) {}

  async reconcile({ olderThanSeconds = DEFAULT_AGE_S }: InputOf<Payments['reconcileCards']>): Promise<Reconciliation> {
    const before = new Date(Date.now() - olderThanSeconds * 1000);
    const differences: Difference[] = [];
    let [paymentsCompared, chargesCompared] = [0, 0];

    const sideBySide = mergeJoin(
      pages<Known>((last) => this.answered(last?.networkId ?? '')),
      pages<NetworkAuthorisation>((last) => this.charges(last?.networkId)),
      ({ networkId }) => networkId!,
      ({ networkId }) => networkId,
    );
    for await (const [payment, charge] of sideBySide) {
      if (payment !== undefined) paymentsCompared += 1;
      if (charge !== undefined) chargesCompared += 1;
      if ((payment?.updatedAt ?? charge!.createdAt) > before) continue;
      if (payment !== undefined) differences.push(...differencesOf(payment, charge === undefined ? [] : [charge]));
      else differences.push(...(await this.unmatched(charge!)));
      if (differences.length > MAX_DIFFERENCES) break;
    }
    for await (const payment of pages<Known>((last) => this.unanswered(last?.paymentId ?? NIL))) {
      if (differences.length > MAX_DIFFERENCES) break;
      paymentsCompared += 1;
      if (payment.updatedAt > before) continue;
      differences.push(...differencesOf(payment, await this.network.find({ reference: payment.paymentId })));
    }
    const complete = differences.length <= MAX_DIFFERENCES;
    return { paymentsCompared, chargesCompared, differences: differences.slice(0, MAX_DIFFERENCES), complete };
  }

  /** A charge that no payment knows as its own: nobody's, or one more for a payment that has another. */
  private async unmatched(charge: NetworkAuthorisation): Promise<Difference[]> {
    const payment = UUID.test(charge.reference) ? await this.find(charge.reference) : undefined;
    if (payment === undefined) return [strayCharge(charge)].filter((stray) => stray !== undefined);
    // Those that have no answer yet are looked at with all their charges.
    if (payment.networkId === null) return [];
    const isNothing = charge.status === 'declined' || charge.status === 'voided';
    return isNothing ? [] : [doubled(payment, charge)];
  }

  private charges(after: string | undefined): Promise<NetworkAuthorisation[]> {
    return this.network.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
  }

  private async answered(after: string): Promise<Known[]> {
    return toKnown(await this.payments.query(ANSWERED_PAYMENTS, [after, PAGE]));
  }

  private async unanswered(after: string): Promise<Known[]> {
    return toKnown(await this.payments.query(UNANSWERED_PAYMENTS, [after, PAGE]));
  }

  private async find(paymentId: string): Promise<Known | undefined> {
    return toKnown(await this.payments.query(COMPARED_PAYMENT, [paymentId]))[0];
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Texts<T> = { readonly [K in keyof T]: T[K] extends bigint ? string : T[K] };

/** Amounts come as text. */
function toKnown(rows: readonly Texts<Known>[]): Known[] {
  return rows.map((row) => ({
    ...row,
    authorisedMinor: BigInt(row.authorisedMinor),
    capturedMinor: BigInt(row.capturedMinor),
    refundedMinor: BigInt(row.refundedMinor),
  }));
}
