import { type NatsNames, serviceSubjectsOf } from '@macrolith/nats-connection/names';
import { UsageError } from '../usage-error.js';
import { subscribedEvents } from '../workspace/subscribed-events.js';
import { tellsStories } from '../workspace/tells-stories.js';
import { modulesOf, type Workspace } from '../workspace/workspace.js';
import { ownerOf, type WorkspacePackage } from '../workspace/workspace-package.js';
import type { NatsProgram } from './nats-program.js';
import type { NatsUser } from './nats-user.js';
import { isPlainEvent, isPlainName } from './plain-names.js';

/** The user of the shell, which may be any module, since any may be in it, and which makes the stream of events. */
export const SHELL = 'shell';

/** A process that hosts several modules, by the name that its user has. */
export interface Macroservice {
  readonly name: string;
  readonly modules: readonly string[];
}

/**
 * The users of a system, from the manifests: one for each module, one for each of these macroservices and programs, and one for the
 * shell, by name.
 * @throws UsageError when the sources do not tell what a module is, somebody names one that is not there, or two users have one name
 */
export function natsUsers(
  workspace: Workspace,
  names: NatsNames,
  macroservices: readonly Macroservice[] = [],
  programs: readonly NatsProgram[] = [],
): NatsUser[] {
  const modules = modulesOf(workspace).map((member) => moduleUser(member, workspace, names));
  const hosts = macroservices.map(({ name, modules: hosted }) => hostUser(name, named(hosted, modules), names));
  const others = programs.map((program) => programUser(program, modules, names));
  const users = [...modules, ...hosts, ...others].sort((one, other) => (one.name < other.name ? -1 : 1));
  const all = [...users, shellUser(modules, names)];
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) {
    throw new UsageError(
      `Two users of NATS would be called '${twice.name}': '${SHELL}' is that of the shell, and each module has one by its name. Give the other one another name.`,
    );
  }
  return all;
}

function named(hosted: readonly string[], modules: readonly NatsUser[]): NatsUser[] {
  return hosted.map((name) => {
    const user = modules.find((module) => module.name === name);
    if (user !== undefined) return user;
    throw new UsageError(
      `There is no module '${name}'. The modules are: ${modules.map((each) => each.name).join(', ')}.`,
    );
  });
}

function moduleUser(member: WorkspacePackage, workspace: Workspace, names: NatsNames): NatsUser {
  const { name, uses } = manifestOf(member);
  const used = uses.map(({ specifier, port }) => {
    const provider = workspace.members.find((other) => other.name === specifier);
    if (provider?.manifest) return provider.manifest.name;
    throw new UsageError(`${member.name} uses ${port} of '${specifier}', which is no module of this workspace.`);
  });
  const { events } = names;
  const heard = subscribedEvents(member, workspace.members);
  const unfit = [name, ...used].find((text) => !isPlainName(text)) ?? heard.find((text) => !isPlainEvent(text));
  if (unfit !== undefined) {
    throw new UsageError(
      `${member.name} is, uses or hears '${unfit}', which cannot be a name in NATS: use lower-case letters, digits and hyphens.`,
    );
  }
  return {
    name,
    owner: ownerOf(member),
    hosts: [name],
    publish: sorted([
      ...used.flatMap((module) => asking(module, names)),
      events.eventsOf(name),
      ...(tellsStories(member) ? [events.storiesOf('*')] : []),
      ...events.lookingAtTheStream,
      ...heard.flatMap((event) => events.hearing(name, event)),
      ...(heard.length > 0 ? [events.readingOneMessage] : []),
    ]),
    subscribe: sorted([...answering(name, names), `${names.inboxOf(name)}.>`]),
  };
}

/** What it serves, calls and hears, as its own file says. It reads the contracts of the modules whose events it hears. */
function programUser(program: NatsProgram, modules: readonly NatsUser[], names: NatsNames): NatsUser {
  const { name, owner, serves, calls, hears } = program;
  const publishers = hears.map((event) => event.split('.', 1)[0]!);
  named([...serves, ...calls, ...publishers], modules);
  return {
    name,
    owner,
    hosts: serves,
    publish: sorted([
      ...calls.flatMap((module) => asking(module, names)),
      ...serves.map((module) => names.events.eventsOf(module)),
      ...publishers.map((module) => names.calls.contractOf(module)),
      ...hears.flatMap((event) => names.events.hearing(name, event)),
    ]),
    subscribe: sorted([...serves.flatMap((module) => answering(module, names)), `${names.inboxOf(name)}.>`]),
  };
}

function manifestOf(member: WorkspacePackage): NonNullable<WorkspacePackage['manifest']> {
  if (member.manifest) return member.manifest;
  throw new UsageError(`${member.name} declares no module that can be read: see its src/manifest.ts.`);
}

/** One process has one connection, and so one user, which may do what each of its modules may. */
function hostUser(name: string, modules: readonly NatsUser[], names: NatsNames): NatsUser {
  const ownInboxes = modules.map((module) => `${names.inboxOf(module.name)}.>`);
  return {
    name,
    owner: sorted(modules.map(({ owner }) => owner)).join(', '),
    hosts: modules.flatMap(({ hosts }) => hosts),
    publish: sorted(modules.flatMap(({ publish }) => publish)),
    subscribe: sorted([
      ...modules.flatMap(({ subscribe }) => subscribe.filter((subject) => !ownInboxes.includes(subject))),
      `${names.inboxOf(name)}.>`,
    ]),
  };
}

/** Beside the modules that are in it, it calls and tells stories for every module that has moved out: routes and pages stay in it. */
function shellUser(modules: readonly NatsUser[], names: NatsNames): NatsUser {
  const { publish, ...rest } = hostUser(SHELL, modules, names);
  return {
    ...rest,
    owner: 'platform',
    publish: sorted([
      ...publish,
      ...modules.flatMap(({ name }) => asking(name, names)),
      names.events.storiesOf('*'),
      ...names.events.lookingAtTheStream,
      ...names.events.settingUpTheStream,
    ]),
  };
}

/** To call a module and to call off what was asked, and to read the contract that it serves. */
function asking(module: string, { calls }: NatsNames): string[] {
  return [calls.subjectsOf(module), calls.cancellationsOf(module), calls.contractOf(module)];
}

/** To be called, to hear that an answer is no longer wanted, and to tell what it is that is served. */
function answering(module: string, { calls, events }: NatsNames): string[] {
  return [
    calls.subjectsOf(module),
    calls.cancellationsOf(module),
    calls.contractOf(module),
    events.storiesOf(module),
    ...serviceSubjectsOf(module),
  ];
}

function sorted(subjects: readonly string[]): string[] {
  return [...new Set(subjects)].sort();
}
