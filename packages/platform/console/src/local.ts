/** The console of this process. The shell imports it where operators, and nobody else, can reach it. */
import { LocalModule } from '@macrolith/core';
import { ConsoleService } from './console.service.js';
import { consoleManifest } from './manifest.js';
import { WorkflowRuns } from './workflow-runs.js';

@LocalModule(consoleManifest, { provider: ConsoleService, providers: [WorkflowRuns] })
export class ConsoleModule {}
