import type { FeatureWithTables, PlatformMigration } from '@macrolith/data';
import type { Provider } from '@nestjs/common';
import { runMigrations } from './run/run-tables.js';

/** Lets a module own workflows that take several transactions: `features: [database({…}), durableWorkflows()]`. */
export function durableWorkflows(): DurableWorkflowsFeature {
  return new DurableWorkflowsFeature();
}

export class DurableWorkflowsFeature implements FeatureWithTables {
  readonly name = 'durable-workflows';

  platformMigrations(schema: string): readonly PlatformMigration[] {
    return runMigrations(schema);
  }

  providers(): Provider[] {
    return [];
  }
}
