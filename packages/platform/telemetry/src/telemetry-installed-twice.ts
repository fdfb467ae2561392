import { PlatformError } from '@macrolith/core';

/** Something in this process follows calls and work already. */
export class TelemetryInstalledTwice extends PlatformError {
  readonly code = 'macrolith.telemetry-installed-twice';
  constructor() {
    super(
      'Calls are followed in this process already, and there is one place for whoever does. ' +
        'Keep one TelemetryModule.forRoot(), and close an application before the next one starts in the same process.',
    );
  }
}
