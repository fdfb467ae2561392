import type { ModuleAccess } from '../pool/module-access.js';
import { type Control, control } from '../protocol/control.js';
import type { Scope } from './scope.js';

const NONE: readonly Control[] = [];
const BEGIN = control('BEGIN');

/** Controls of savepoints by depth. Names may repeat in a transaction: the innermost of a name counts. */
const SAVEPOINT: Control[] = [];
const RELEASE: Control[] = [];
const ROLLBACK_TO: Control[] = [];

/** Knows what the connection has been told, and so what has to travel in front of the next statement. */
export class PendingControls {
  /** The module whose statement began the transaction; undefined until BEGIN is sent. */
  begunBy: string | undefined;
  private pending: Control[] = [];
  private role: string | undefined;

  constructor(public isolation: string | undefined) {}

  /** What has to travel in front of a statement in `scope` under the role of `access`. Counts as sent. */
  before(scope: Scope, access: ModuleAccess): readonly Control[] {
    if (this.begunBy !== undefined && this.pending.length === 0 && scope.savepointSent && this.role === access.role)
      return NONE;
    const controls = this.pending;
    this.pending = [];
    if (this.begunBy === undefined) {
      this.begunBy = access.module;
      controls.push(this.isolation === undefined ? BEGIN : control(`BEGIN ISOLATION LEVEL ${this.isolation}`));
    }
    if (!scope.savepointSent) openSavepoints(scope, controls);
    if (this.role !== access.role) {
      this.role = access.role;
      controls.push(access.setRole);
    }
    return controls;
  }

  /** What has to travel in front of COMMIT. A COMMIT releases savepoints by itself. */
  beforeCommit(): readonly Control[] {
    return this.pending.filter((pending) => !RELEASE.includes(pending));
  }

  /** The savepoint of `scope` is kept. */
  release(scope: Scope): void {
    if (scope.savepointSent) this.pending.push(at(RELEASE, scope.depth, (name) => `RELEASE SAVEPOINT ${name}`));
  }

  /** The savepoint of `scope` is undone, and with it everything that was pending inside it. */
  rollBack(scope: Scope): void {
    if (!scope.savepointSent) return;
    this.pending = [
      at(ROLLBACK_TO, scope.depth, (name) => `ROLLBACK TO SAVEPOINT ${name}`),
      at(RELEASE, scope.depth, (name) => `RELEASE SAVEPOINT ${name}`),
    ];
    // PostgreSQL goes back to the role that was set when the savepoint was made.
    this.role = undefined;
  }
}

function openSavepoints(scope: Scope, controls: Control[]): void {
  if (scope.parent !== undefined && !scope.parent.savepointSent) openSavepoints(scope.parent, controls);
  scope.savepointSent = true;
  controls.push(at(SAVEPOINT, scope.depth, (name) => `SAVEPOINT ${name}`));
}

function at(controls: Control[], depth: number, text: (name: string) => string): Control {
  let made = controls[depth];
  if (made === undefined) {
    made = control(text(`macrolith_${depth}`));
    controls[depth] = made;
  }
  return made;
}
