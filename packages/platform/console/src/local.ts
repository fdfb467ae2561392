/** The console of this process. The shell imports it where operators, and nobody else, can reach it. */
import { LocalModule } from '@macrolith/core';
import { ConsoleService } from './console.service.js';
import { consoleManifest } from './manifest.js';

@LocalModule(consoleManifest, { provider: ConsoleService })
export class ConsoleModule {}
