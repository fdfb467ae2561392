import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes how many tests passed and failed to `reports/tests.json`, for the one closing line of the test command. */
export default class SummaryReporter {
  constructor(globalConfig) {
    this.reports = join(globalConfig.rootDir, 'reports');
  }

  onRunComplete(_contexts, results) {
    mkdirSync(this.reports, { recursive: true });
    const summary = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(join(this.reports, 'tests.json'), `${JSON.stringify(summary)}\n`);
  }
}
