import { PlatformError } from '@macrolith/core';

/** A task cannot be placed as it was asked for. */
export class InvalidTask extends PlatformError {
  readonly code = 'macrolith.invalid-task';
  constructor(
    readonly task: string,
    problem: string,
  ) {
    super(`${task} cannot be placed: ${problem}`);
  }
}
