import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '../src/workspace.ts';

/**
 * A copy of this workspace as it lies on disk, in a Git repository of its own with one commit on `main`. Unlike a clone
 * it needs no history, so it is the same in a shallow clone.
 */
export class WorkspaceCopy implements Disposable {
  readonly root: string;

  constructor() {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-copy-')));
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: workspaceRoot,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    for (const path of new Set(listed.split('\0').filter((path) => path !== ''))) {
      if (existsSync(join(workspaceRoot, path))) cpSync(join(workspaceRoot, path), join(this.root, path));
    }
    this.git('init', '--quiet', '--initial-branch=main');
    // The link below is no folder, so the pattern `node_modules/` of .gitignore leaves it in.
    writeFileSync(join(this.root, '.git/info/exclude'), 'node_modules\n');
    this.commit();
    symlinkSync(join(workspaceRoot, 'node_modules'), join(this.root, 'node_modules'));
  }

  commit(): void {
    this.git('add', '--all');
    this.git('-c', 'user.name=Test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--message=Change');
  }

  /** Takes back everything that was done since the first commit. */
  reset(): void {
    this.git('checkout', '--quiet', '--force', 'main');
    this.git('clean', '--quiet', '--force', '-d');
  }

  git(...gitArguments: string[]): string {
    return execFileSync('git', gitArguments, { cwd: this.root, encoding: 'utf8' });
  }

  /** Runs a program of the workspace in the copy, and returns what it writes to stdout. */
  run(program: string, ...programArguments: string[]): string {
    return execFileSync(join(this.root, 'node_modules/.bin', program), programArguments, {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', CI: undefined, GITHUB_ACTIONS: undefined },
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
