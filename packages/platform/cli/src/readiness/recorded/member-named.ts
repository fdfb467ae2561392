import { modulesOf } from '../../workspace/workspace.js';
import type { WorkspacePackage } from '../../workspace/workspace-package.js';
import type { ReadinessEvidence } from '../evidence.js';

/** The module of that name; the one that moves where a recording names somebody who is no module, such as a test. */
export function memberNamed(name: string, { workspace, module }: ReadinessEvidence): WorkspacePackage {
  return modulesOf(workspace).find(({ manifest }) => manifest?.name === name) ?? module;
}
