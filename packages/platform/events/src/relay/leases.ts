import type { ModuleDatabase } from '@macrolith/data';
import type { Logger } from '@nestjs/common';
import type { DeliveredMessage } from '../log/message.js';
import type { DeliveryStatements } from './delivery-statements.js';

/** How often a lease is renewed before it would run out. */
const RENEWALS_PER_LEASE = 3;

/**
 * Renews the leases of messages whose consumers are at work. So a lease can be short, and what a process had in its hands
 * when it died is soon taken up by another, however long consumers may take.
 */
export class Leases {
  private readonly watched = new Set<DeliveredMessage>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly statements: DeliveryStatements,
    private readonly leaseMs: number,
    private readonly logger: Logger,
  ) {}

  /** Renews the lease of `message` until the answered function is called. */
  watch(message: DeliveredMessage): () => void {
    this.watched.add(message);
    this.timer ??= setInterval(() => void this.renew(), this.leaseMs / RENEWALS_PER_LEASE).unref();
    return () => {
      this.watched.delete(message);
      if (this.watched.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private async renew(): Promise<void> {
    const messages = [...this.watched];
    try {
      await this.database.queryByIndexes(this.statements.renew, [
        messages.map(({ position }) => position),
        messages.map(({ consumer }) => consumer),
        messages.map(({ attempt }) => attempt),
        this.leaseMs / 1000,
      ]);
    } catch (error) {
      this.logger.warn(`Leases could not be renewed; another process may hand these messages over, too. ${error}`);
    }
  }
}
