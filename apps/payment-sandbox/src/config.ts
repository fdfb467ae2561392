import { z } from 'zod';

/** A secret of the webhooks as https://www.standardwebhooks.com writes it: `whsec_` and at least 24 bytes in base64. */
const WebhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and at least 24 bytes in base64');

/** What the sandbox reads from the environment. */
const Environment = z.object({
  SANDBOX_STORE: z.string().min(1),
  SANDBOX_API_KEY: z.string().min(16, 'must have at least 16 characters'),
  SANDBOX_WEBHOOK_SECRET: WebhookSecret,
  SANDBOX_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(0),
});

export interface SandboxConfig {
  /** The file that everything is kept in. */
  readonly store: string;
  /** What whoever asks for something has to show. Never logged. */
  readonly apiKey: string;
  /** What webhooks are signed with. Never logged. */
  readonly webhookSecret: string;
  /** Where webhooks go. Without it they wait until somebody says where. */
  readonly webhookUrl: string | undefined;
  /** On the loopback interface; 0 takes any free one. */
  readonly port: number;
}

/** The environment does not describe a sandbox that could run. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/** Reads the configuration. Values are never part of a message: they may be secrets. @throws InvalidConfig */
export function readConfig(environment: NodeJS.ProcessEnv): SandboxConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given, {
    error: ({ input }) => (input === undefined ? 'is not set' : undefined),
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new InvalidConfig(`The sandbox cannot start: ${problems.join('; ')}.`);
  }
  const { SANDBOX_STORE, SANDBOX_API_KEY, SANDBOX_WEBHOOK_SECRET, SANDBOX_WEBHOOK_URL, SANDBOX_PORT } = parsed.data;
  return {
    store: SANDBOX_STORE,
    apiKey: SANDBOX_API_KEY,
    webhookSecret: SANDBOX_WEBHOOK_SECRET,
    webhookUrl: SANDBOX_WEBHOOK_URL,
    port: SANDBOX_PORT,
  };
}
