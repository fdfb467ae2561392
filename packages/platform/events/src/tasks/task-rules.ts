import { InstalledModules, type ModuleDeclaration } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { OutboxFeature } from '../outbox/outbox-feature.js';
import type { Schedule } from '../schedules/schedule.js';
import { InvalidTaskRules } from './invalid-task-rules.js';
import { type Limit, type Retry, type TaskRule, TasksFeature } from './tasks-feature.js';

/** What the modules of this process say about tasks. */
@Injectable()
export class TaskRules {
  /** By the task's id. */
  readonly limits: ReadonlyMap<string, Limit>;
  /** By the task's id. */
  readonly retries: ReadonlyMap<string, Retry>;
  /** By the module that has them. */
  readonly schedules: ReadonlyMap<string, readonly Schedule[]>;

  /** @throws InvalidTaskRules */
  constructor(installed: InstalledModules) {
    const limits = new Map<string, Limit>();
    const retries = new Map<string, Retry>();
    const schedules = new Map<string, readonly Schedule[]>();
    for (const declaration of installed.all) {
      const rules = rulesOf(declaration);
      refuseUnkeepable(declaration, rules);
      for (const rule of rules) {
        if (rule.rule === 'limit') limits.set(rule.task.id, rule);
        if (rule.rule === 'retry') retries.set(rule.task.id, rule);
      }
      if (hasTasks(declaration)) schedules.set(declaration.manifest.name, rules.filter(isSchedule));
    }
    this.limits = limits;
    this.retries = retries;
    this.schedules = schedules;
  }
}

function hasTasks({ features }: ModuleDeclaration): boolean {
  return features.some((feature) => feature instanceof TasksFeature);
}

function rulesOf({ features }: ModuleDeclaration): readonly TaskRule[] {
  return features.flatMap((feature) => (feature instanceof TasksFeature ? feature.rules : []));
}

function isSchedule(rule: TaskRule): rule is Schedule {
  return rule.rule === 'schedule';
}

function refuseUnkeepable({ manifest, features }: ModuleDeclaration, rules: readonly TaskRule[]): void {
  const refuse = (problem: string): never => {
    throw new InvalidTaskRules(manifest.name, problem);
  };
  const names = new Set<string>();
  for (const rule of rules) {
    const name = rule.rule === 'schedule' ? `the schedule '${rule.name}'` : `a ${rule.rule} of ${rule.task.id}`;
    if (names.has(name)) refuse(`there is ${name} twice. Keep one.`);
    names.add(name);
    if (rule.rule !== 'schedule' && rule.task.module !== manifest.name) {
      refuse(
        `${rule.task.id} is another module's task, and only the module that does a task can have ${name}. Declare it there.`,
      );
    }
  }
  if (rules.some(isSchedule) && !features.some((feature) => feature instanceof OutboxFeature)) {
    refuse("it has a schedule and no outbox for the schedule's tasks. Add outbox() to its features.");
  }
}
