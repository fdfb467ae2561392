import { PlatformError } from './platform-error.js';

/**
 * A module finds its settings unusable and must not start. Modules extend it, so that a shell can tell the person who
 * starts it in one sentence. The sentence names the setting and never repeats its value: it may be a secret.
 */
export class ModuleMisconfigured extends PlatformError {
  readonly code = 'macrolith.module-misconfigured';
  constructor(
    readonly module: string,
    problem: string,
  ) {
    super(problem);
  }
}
