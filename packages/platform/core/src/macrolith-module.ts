import { type DynamicModule, Module } from '@nestjs/common';
import { BootVerification } from './boot/boot-verification.js';
import { Clock, SystemClock } from './clock.js';
import { InstalledModules } from './installed-modules.js';
import { MACROLITH_OPTIONS, type MacrolithOptions } from './macrolith-options.js';
import { ObservedFigures } from './observed-figures.js';
import { PortRegistry } from './port-registry.js';
import { Shutdown } from './shutdown.js';
import { WorkflowModes } from './workflow/workflow-modes.js';

/** The platform in a shell: `imports: [MacrolithModule.forRoot(), …]`. Global, so that modules find it without importing it. */
@Module({})
export class MacrolithModule {
  static forRoot(options: Partial<MacrolithOptions> = {}): DynamicModule {
    const complete: MacrolithOptions = {
      binding: 'local',
      checks: false,
      workflows: 'by-binding',
      clock: new SystemClock(),
      shutdownTimeoutMs: Number.POSITIVE_INFINITY,
      ...options,
    };
    return {
      module: MacrolithModule,
      global: true,
      providers: [
        { provide: MACROLITH_OPTIONS, useValue: complete },
        { provide: Clock, useValue: complete.clock },
        { provide: Shutdown, useFactory: () => new Shutdown(complete.shutdownTimeoutMs) },
        InstalledModules,
        ObservedFigures,
        PortRegistry,
        WorkflowModes,
        BootVerification,
      ],
      exports: [
        MACROLITH_OPTIONS,
        Clock,
        Shutdown,
        InstalledModules,
        ObservedFigures,
        PortRegistry,
        WorkflowModes,
        BootVerification,
      ],
    };
  }
}
