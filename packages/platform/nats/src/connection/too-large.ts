import { InvalidArgumentError } from '@nats-io/transport-node';

/** Whether the client of NATS has refused a message for its size. The error has no code (as of @nats-io/nats-core 3.4.0). */
export function isTooLarge(error: unknown): boolean {
  return error instanceof InvalidArgumentError && error.message.includes('max_payload');
}
