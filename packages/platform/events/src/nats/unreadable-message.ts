import { PlatformError } from '@macrolith/core';

/** A message of the stream is no event that could be understood by any version of this platform. */
export class UnreadableMessage extends PlatformError {
  readonly code = 'macrolith.unreadable-message';
  constructor(
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(
      `The message is no event: ${problem}. Events are CloudEvents 1.0 with JSON data, as the binding for NATS describes them. ` +
        'It is kept as it came; correct its publisher.',
      options,
    );
  }
}
