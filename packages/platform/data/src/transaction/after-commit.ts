import { Logger } from '@nestjs/common';

/** Runs what waited for the commit. The commit stands whatever happens here, so an error is reported and not thrown. */
export function runAfterCommit(works: readonly (() => void)[]): void {
  for (const work of works) {
    try {
      work();
    } catch (error) {
      new Logger('UnitOfWork').error('Work to be done after a commit failed. The commit stands.', error);
    }
  }
}
