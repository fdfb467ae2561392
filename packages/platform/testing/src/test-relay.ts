import type { RelayOptions } from '@macrolith/events/local';

/** Retries come fast in tests; everything else is as in production. */
export const TEST_RELAY: Partial<RelayOptions> = { sweepMs: 250, backoff: { firstMs: 20, maxMs: 200 } };
