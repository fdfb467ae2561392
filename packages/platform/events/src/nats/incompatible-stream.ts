import { PlatformError } from '@macrolith/core';
import { type ConfigDifference, describeDifference } from './stream-config-diff.js';

/** The stream of the server has settings that no server can change. */
export class IncompatibleStream extends PlatformError {
  readonly code = 'macrolith.incompatible-stream';
  constructor(
    readonly stream: string,
    readonly differences: readonly ConfigDifference[],
  ) {
    super(
      `The stream ${stream} was made with settings that cannot be changed: ${differences.map(describeDifference).join('; ')}. ` +
        'Nothing was changed. Give this product another name in EventsModule.forRoot({ system }), or remove the stream ' +
        'when every module has read it to its end.',
    );
  }
}
