import { Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { EventsInDatabase } from '../events-in-database.js';
import { InstalledModules } from '../installed-modules.js';
import { PlatformError } from '../platform-error.js';
import { PortRegistry } from '../port-registry.js';
import { RemoteCalls } from '../remote-calls.js';
import { DurableRuns } from '../workflow/durable-runs.js';
import { WorkflowModes } from '../workflow/workflow-modes.js';
import { findBootProblems } from './boot-checks.js';
import { type BootProblem, describeProblems } from './boot-problem.js';
import { type BootReport, reportOf } from './boot-report.js';

/** The shell is composed in a way that would fail later; it does not start. */
export class BootRefused extends PlatformError {
  readonly code = 'macrolith.boot-refused';
  constructor(readonly problems: readonly BootProblem[]) {
    super(
      `This shell cannot start: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.\n${describeProblems(problems)}`,
    );
  }
}

/** Checks what the process is about to run, all of it, before it serves; and tells what it runs. */
@Injectable()
export class BootVerification implements OnModuleInit {
  constructor(
    private readonly installed: InstalledModules,
    private readonly registry: PortRegistry,
    private readonly modes: WorkflowModes,
    @Optional() private readonly durableRuns?: DurableRuns,
    @Optional() private readonly remote?: RemoteCalls,
    @Optional() private readonly keptEvents?: EventsInDatabase,
  ) {}

  onModuleInit(): void {
    const problems = findBootProblems({
      modules: this.installed.all,
      isBound: (port) => this.registry.bindingOf(port) !== undefined,
      hasTransport: this.remote !== undefined,
      providerOf: (port) => this.registry.providerOf(port),
      modeOf: (workflow, owner) => this.modes.of(workflow, owner),
      durableRuns: this.durableRuns,
      keptEvents: this.keptEvents,
    });
    if (problems.length > 0) throw new BootRefused(problems);
  }

  report(): BootReport {
    return reportOf(
      this.installed.all,
      (port) => this.registry.bindingOf(port)?.kind,
      (workflow, owner) => this.modes.of(workflow, owner),
    );
  }
}
