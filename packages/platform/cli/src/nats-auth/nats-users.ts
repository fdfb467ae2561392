import type { NatsNames } from '@macrolith/events/nats-names';
import { UsageError } from '../usage-error.js';
import { subscribedEvents } from '../workspace/subscribed-events.js';
import { modulesOf, type Workspace } from '../workspace/workspace.js';
import { ownerOf, type WorkspacePackage } from '../workspace/workspace-package.js';
import type { NatsUser } from './nats-user.js';

/** The user of the shell, which may be any module, since any may be in it, and which makes the stream of events. */
export const SHELL = 'shell';

/** What the service API of NATS asks every service (https://docs.nats.io/nats-concepts/overview/service-api): `nats micro ls`. */
const SERVICE_QUESTIONS = ['PING', 'INFO', 'STATS'];

/**
 * The users of a system, from the manifests: one for each module, and one for the shell, by name.
 * @throws UsageError when the sources do not tell what a module is
 */
export function natsUsers(workspace: Workspace, names: NatsNames): NatsUser[] {
  const modules = modulesOf(workspace)
    .map((member) => moduleUser(member, workspace, names))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  if (modules.some(({ name }) => name === SHELL)) {
    throw new UsageError(`A module is called '${SHELL}', as the user of the shell is. Give it another name.`);
  }
  return [...modules, shellUser(modules, names)];
}

function moduleUser(member: WorkspacePackage, workspace: Workspace, names: NatsNames): NatsUser {
  const { name, uses } = manifestOf(member);
  const used = uses.map(({ specifier, port }) => {
    const provider = workspace.members.find((other) => other.name === specifier);
    if (provider?.manifest) return provider.manifest.name;
    throw new UsageError(`${member.name} uses ${port} of '${specifier}', which is no module of this workspace.`);
  });
  const heard = subscribedEvents(member, workspace.members);
  return {
    name,
    owner: ownerOf(member),
    publish: sorted([
      ...used.map((module) => names.callsOf(module)),
      names.eventsOf(name),
      names.storiesOf('*'),
      ...lookingAtTheStream(names),
      ...heard.flatMap((event) => hearing(name, event, names)),
      ...(heard.length > 0 ? [`$JS.API.STREAM.MSG.GET.${names.stream}`] : []),
    ]),
    subscribe: sorted([
      names.callsOf(name),
      names.storiesOf(name),
      ...answeringAsService(name),
      `${names.inboxOf(name)}.>`,
    ]),
  };
}

function manifestOf(member: WorkspacePackage): NonNullable<WorkspacePackage['manifest']> {
  if (member.manifest) return member.manifest;
  throw new UsageError(`${member.name} declares no module that can be read: see its src/manifest.ts.`);
}

function shellUser(modules: readonly NatsUser[], names: NatsNames): NatsUser {
  return {
    name: SHELL,
    owner: 'platform',
    publish: sorted([
      ...modules.flatMap(({ name, publish }) => [names.callsOf(name), ...publish]),
      ...lookingAtTheStream(names),
      `$JS.API.STREAM.CREATE.${names.stream}`,
      `$JS.API.STREAM.UPDATE.${names.stream}`,
    ]),
    subscribe: sorted([
      ...modules.flatMap(({ name }) => [names.callsOf(name), names.storiesOf(name), ...answeringAsService(name)]),
      `${names.inboxOf(SHELL)}.>`,
    ]),
  };
}

/** What every process does that publishes or hears events, when it starts. */
function lookingAtTheStream({ stream }: NatsNames): string[] {
  return ['$JS.API.INFO', `$JS.API.STREAM.INFO.${stream}`];
}

/**
 * Reading one event by the module's durable consumer (https://docs.nats.io/reference/reference-protocols/nats_api_reference).
 * The subject by which it is made holds its filter, and the server refuses another one.
 */
function hearing(module: string, event: string, names: NatsNames): string[] {
  const { stream } = names;
  const durable = names.durableOf(module, event);
  return [
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.${names.subjectsOf(event)}`,
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

function answeringAsService(module: string): string[] {
  return SERVICE_QUESTIONS.flatMap((question) => {
    const subject = `$SRV.${question}`;
    return [subject, `${subject}.${module}`, `${subject}.${module}.*`];
  });
}

function sorted(subjects: readonly string[]): string[] {
  return [...new Set(subjects)].sort();
}
