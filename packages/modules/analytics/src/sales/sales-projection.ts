import type { DataOf } from '@macrolith/contract';
import { type EventEnvelope, generationOf, On, Projection } from '@macrolith/events';
import { Orders } from '@macrolith/orders';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ADD_SALES, ADD_STEP, addSalesValues, addStepValues } from '../statements/add-contribution.js';
import { type Contribution, ofCancelled, ofFulfilled, ofPlaced } from './contribution.js';

/** Adds up what the events of orders tell. */
@Projection('sales', { tables: ['sale', 'order_step'] })
@Injectable()
export class SalesProjection {
  constructor(private readonly data: DataSource) {}

  @On(Orders.event.orderPlaced)
  async recordPlaced(event: DataOf<typeof Orders.event.orderPlaced>, envelope: EventEnvelope): Promise<void> {
    await this.add(ofPlaced(event, envelope.time), envelope);
  }

  @On(Orders.event.orderCancelled)
  async recordCancelled(event: DataOf<typeof Orders.event.orderCancelled>, envelope: EventEnvelope): Promise<void> {
    await this.add(ofCancelled(event, envelope.time), envelope);
  }

  @On(Orders.event.orderFulfilled)
  async recordFulfilled(event: DataOf<typeof Orders.event.orderFulfilled>, envelope: EventEnvelope): Promise<void> {
    await this.add(ofFulfilled(event, envelope.time), envelope);
  }

  /** The row of the day, which every event wants, is locked last and shortest. */
  private async add(contribution: Contribution, envelope: EventEnvelope): Promise<void> {
    const generation = generationOf(envelope);
    await Promise.all([
      contribution.lines.length === 0
        ? undefined
        : this.data.query(ADD_SALES, [...addSalesValues(generation, contribution)]),
      this.data.query(ADD_STEP, [...addStepValues(generation, contribution)]),
    ]);
  }
}
