import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from '@macrolith/contract';
import { workspaceRoot } from '../workspace.ts';
import { GENERATED } from './page.ts';

interface Variable {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Every environment variable of the shell, of the worker and of a macroservice, from the schemas that read them. */
export async function configurationPage(): Promise<string> {
  const { Environment } = await configurationOf('shell');
  const { WorkerEnvironment } = await configurationOf('worker');
  const { MacroserviceEnvironment } = await configurationOf('macroservice');
  const isShared = (name: string) => name in Environment!.shape;
  const sharedBy = (environment: z.ZodObject) =>
    Object.keys(environment.shape)
      .filter(isShared)
      .map((name) => `\`${name}\``)
      .join(', ');
  return `${[
    '# Configuration',
    GENERATED,
    'The environment variables of the shell. An empty one counts as not set. [How to configure the shell](../how-to/configure-the-shell.md) ' +
      'says which to use for what.',
    table(variablesOf(Environment!)),
    '## The worker',
    `[A worker](../how-to/run-a-worker.md) reads ${sharedBy(WorkerEnvironment!)} as the shell does, and besides:`,
    table(variablesOf(WorkerEnvironment!).filter(({ name }) => !isShared(name))),
    '## A macroservice',
    `[A macroservice](../how-to/move-a-module-out.md) reads ${sharedBy(MacroserviceEnvironment!)} as the shell does, and besides:`,
    table(variablesOf(MacroserviceEnvironment!).filter(({ name }) => !isShared(name))),
    '## Read by modules',
    MODULES,
    '## For development and tests',
    DEVELOPMENT,
  ].join('\n\n')}\n`;
}

function configurationOf(app: string): Promise<Readonly<Record<string, z.ZodObject>>> {
  return import(pathToFileURL(join(workspaceRoot, `apps/${app}/dist/config.js`)).href);
}

function variablesOf(environment: z.ZodObject): { readonly name: string; readonly row: string }[] {
  const { properties = {}, required = [] } = z.toJSONSchema(environment, { io: 'input' });
  const defaults: Readonly<Record<string, unknown>> =
    z.safeParse(environment, { DATABASE_URL: 'postgres://localhost/shop', MODULES: '@macrolith/notifications' }).data ??
    {};
  return Object.entries(properties as Record<string, Variable>).map(([name, variable]) => {
    const given = defaults[name];
    const value = required.includes(name) ? 'must be set' : given === undefined ? 'not set' : `\`${given}\``;
    const values = valuesOf(variable, typeof given === 'boolean');
    return { name, row: `| \`${name}\` | ${value} | ${values} | ${variable.description ?? ''} |` };
  });
}

function table(variables: readonly { readonly row: string }[]): string {
  return ['| variable | default | values | |', '| --- | --- | --- | --- |', ...variables.map(({ row }) => row)].join(
    '\n',
  );
}

function valuesOf({ type, enum: values, minimum, maximum }: Variable, flag: boolean): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ');
  if (type === 'integer') return `${minimum} to ${maximum}`;
  if (flag) return '`true`, `false`';
  return '';
}

const MODULES = `| variable | module | |
| --- | --- | --- |
| \`SMTP_URL\` | notifications | The mail server: \`smtp://user:password@host:port\`, or \`smtps://\`. Without it, e-mail is kept in memory. |
| \`MAIL_FROM\` | notifications | The sender, such as \`Shop <orders@shop.example>\`. |
| \`CARD_NETWORK_URL\` | payments | Where the card network serves. Without it, no cards are taken. |
| \`CARD_NETWORK_API_KEY\` | payments | What the shop shows the card network. |
| \`CARD_NETWORK_WEBHOOK_SECRET\` | payments | What the card network signs its news with: \`whsec_\` and at least 24 bytes in base64. |
| \`CARD_NETWORK_TIMEOUT_MS\` | payments | How long one request to it may take, in milliseconds: 100 to 60000, by default 5000. |`;

const DEVELOPMENT = `| variable | |
| --- | --- |
| \`MACROLITH_TEST_POSTGRES\` | A server for tests, as a superuser's URL. Without it, each run starts one. |
| \`MACROLITH_TEST_NODE_OPTIONS\` | Options of Node for a process in which a test runs a module: how it loads sources. Set by the Jest preset. |
| \`MACROLITH_CHROMIUM\` | The Chromium for browser tests. Without it, one is looked for, and brought if need be. |
| \`MACROLITH_NATS_SERVER\` | The nats-server for tests. Without it, one is looked for, and brought if need be. |`;
