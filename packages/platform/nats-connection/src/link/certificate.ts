import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { NatsMisconfigured } from './nats-misconfigured.js';
import type { NatsPlace } from './nats-place.js';

/** A server that has said nothing of the certificate by then is left to the connection, which waits for it. */
const PATIENCE_MS = 2_000;
/** The first words of nats-server, before any TLS (https://docs.nats.io/reference/reference-protocols/nats-protocol#info). */
const INFO = /^INFO (\{.*\})\s*\r\n/;

type Verdict = 'accepted' | 'unknown' | NatsMisconfigured;

/**
 * Shows nats-server the certificate of this process, where it speaks TLS, and hears whether it is accepted. By TLS 1.3 a server says that
 * only after the handshake, and the client of NATS takes the closed connection for a server that is silent (as of
 * @nats-io/nats-core 3.4.0). A server that cannot be reached is waited for later.
 * @throws NatsMisconfigured when no server accepts it, and one does not
 */
export async function showCertificate({ servers, connection }: NatsPlace): Promise<void> {
  const { tls = {} } = connection;
  // Without TLS nothing is shown; where the handshake comes first, the client of NATS hears what becomes of it.
  if (tls === null || tls.handshakeFirst === true) return;
  const verdicts = await Promise.all(servers.map((server) => verdictOf(server, tls)));
  const refusal = verdicts.find((verdict) => verdict instanceof NatsMisconfigured);
  if (refusal !== undefined && !verdicts.includes('accepted')) throw refusal;
}

type NatsTls = NonNullable<NodeConnectionOptions['tls']>;

async function verdictOf(server: string, tls: NatsTls): Promise<Verdict> {
  const address = URL.parse(server);
  if (address === null) return 'unknown';
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const shownOptions = optionsOf(tls);
  const socket = connect({ host, port: Number(address.port || 4222) });
  try {
    const { tls_required: isRequired, tls_available: isAvailable } = JSON.parse(await infoOf(socket));
    if (isRequired !== true && isAvailable !== true) return 'unknown';
    return await shown(socket, host, shownOptions);
  } catch (error) {
    const refusal = NatsMisconfigured.from(error);
    const isOld = refusal?.fault === 'certificate-not-accepted' && !isValidNow(shownOptions.cert);
    return (isOld ? new NatsMisconfigured('own-certificate-expired', { cause: error }) : refusal) ?? 'unknown';
  } finally {
    socket.destroy();
  }
}

/** What the server says of itself; `{}` when it says nothing. @throws what the socket does */
function infoOf(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const hear = (bytes: Buffer) => {
    said += bytes.toString();
    const info = INFO.exec(said)?.[1];
    if (info !== undefined) resolve(info);
  };
  socket
    .on('data', hear)
    .on('error', reject)
    .once('close', () => resolve('{}'));
  socket.setTimeout(PATIENCE_MS, () => resolve('{}'));
  return promise.finally(() => socket.removeListener('data', hear));
}

/** A server that goes on after the handshake has accepted what it was shown: it sends a ticket, or what it has to say. */
function shown(socket: Socket, host: string, options: ConnectionOptions): Promise<Verdict> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  const tls = connectTls({ socket, ...(isIP(host) === 0 && { servername: host }), ...options });
  tls.once('session', () => resolve('accepted')).once('data', () => resolve('accepted'));
  tls.on('error', reject).once('close', () => resolve('unknown'));
  const patience = setTimeout(() => resolve('unknown'), PATIENCE_MS);
  return promise.finally(() => {
    clearTimeout(patience);
    tls.destroy();
  });
}

/** Files are read anew each time, as the client of NATS does: certificates are renewed while a process runs. */
function optionsOf({
  caFile,
  certFile,
  keyFile,
  handshakeFirst: _,
  ...given
}: NatsTls): ConnectionOptions & { cert?: string | Buffer } {
  return {
    ...given,
    ...(caFile && { ca: readFileSync(caFile) }),
    ...(certFile && { cert: readFileSync(certFile) }),
    ...(keyFile && { key: readFileSync(keyFile) }),
  };
}

function isValidNow(certificate: string | Buffer | undefined): boolean {
  if (certificate === undefined) return true;
  const { validFromDate, validToDate } = new X509Certificate(certificate);
  return validFromDate.getTime() <= Date.now() && Date.now() <= validToDate.getTime();
}
