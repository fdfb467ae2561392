import type { Database, ModuleDatabase } from '@macrolith/data';
import { POINTS } from '../plan/points.js';

type Run = ModuleDatabase['run'];

/** When this process kills itself. */
export interface Death {
  readonly point: string;
  readonly nth: number;
}

/**
 * Watches the statements of every module and kills the process, as a power cut would, when the point is passed for the nth
 * time. Every statement goes through the one method that is replaced here.
 */
export class Dying {
  private death: Death | undefined;
  private passed = 0;

  constructor(database: Database) {
    const prototype = Object.getPrototypeOf(database.of(database.modules[0]!)) as { run: Run };
    const { run } = prototype;
    const pass = (text: string, when: 'before' | 'after') => this.pass(text, when);
    prototype.run = function (this: ModuleDatabase, scope, statement, values) {
      pass(statement.text, 'before');
      const answer = run.call(this, scope, statement, values);
      return answer.then((result) => {
        pass(statement.text, 'after');
        return result;
      });
    };
  }

  dieAt(death: Death): void {
    this.death = death;
    this.passed = 0;
  }

  private pass(text: string, when: 'before' | 'after'): void {
    if (this.death === undefined) return;
    const { point, nth } = this.death;
    const here = POINTS.find(({ name }) => name === point)!;
    if (here.when !== when || !here.statement.test(text)) return;
    this.passed += 1;
    if (this.passed === nth) process.kill(process.pid, 'SIGKILL');
  }
}
