import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * The password of the login role: every process that knows the deployment's password derives the same one, and nobody
 * can derive the deployment's from it. Without a deployment password the server trusts its clients, and none is set.
 */
export function loginPassword(deploymentPassword: string | undefined, database: string): string | undefined {
  if (deploymentPassword === undefined) return undefined;
  return createHmac('sha256', deploymentPassword).update(`macrolith login of ${database}`).digest('base64url');
}

const ITERATIONS = 4096;
const SALT_BYTES = 16;

/**
 * The form in which PostgreSQL stores a password (RFC 5803, SCRAM-SHA-256). Sent in place of the password, so that
 * no server log shows it.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64');
  const serverKey = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
