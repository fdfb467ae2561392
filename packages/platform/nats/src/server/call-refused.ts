import { PlatformError } from '@macrolith/core';
import type { Refusal, RefusalCode } from '../wire/refusal.js';

/** A call is answered with a refusal, and nothing was done. */
export class CallRefused extends PlatformError {
  readonly code = 'macrolith.call-refused';
  constructor(
    readonly refusalCode: RefusalCode,
    message: string,
    private readonly details: Pick<Refusal, 'issues' | 'fields'> = {},
  ) {
    super(message);
  }

  get refusal(): Refusal {
    return { code: this.refusalCode, message: this.message, ...this.details };
  }
}
