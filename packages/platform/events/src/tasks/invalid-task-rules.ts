import { PlatformError } from '@macrolith/core';

/** What a module says about tasks in its `tasks([…])` cannot be kept. */
export class InvalidTaskRules extends PlatformError {
  readonly code = 'macrolith.invalid-task-rules';
  constructor(
    readonly module: string,
    problem: string,
  ) {
    super(`The tasks([…]) of '${module}' cannot be kept: ${problem}`);
  }
}
