import { PlatformError } from '@macrolith/core';
import { AuthorizationError } from '@nats-io/transport-node';

/**
 * What is set so that NATS cannot be used, however often it is tried.
 * - `untrusted-certificate`: nobody whom this process trusts has signed the server's certificate.
 * - `expired-certificate`: it is not valid at this time.
 * - `certificate-of-another`: it is for another host than was asked.
 * - `no-tls`: TLS is asked for, and the server speaks none.
 * - `certificate-not-accepted`: the server wants a certificate of this process that it trusts.
 * - `own-certificate-expired`: the one that this process shows is not valid at this time.
 * - `unknown-scheme`: an address begins with neither `nats://` nor `tls://`.
 * - `credentials-refused`: the server does not know the user, or not with this key or password.
 */
export type NatsFault =
  | 'untrusted-certificate'
  | 'expired-certificate'
  | 'certificate-of-another'
  | 'no-tls'
  | 'certificate-not-accepted'
  | 'own-certificate-expired'
  | 'unknown-scheme'
  | 'credentials-refused';

const SENTENCES: Readonly<Record<NatsFault, string>> = {
  'untrusted-certificate':
    'nats-server shows a certificate that is signed by nobody whom this process trusts. Set NATS_CA_FILE to the certificate of the authority that signed it.',
  'expired-certificate':
    'nats-server shows a certificate that is not valid now. Give it a new one, or set the clock of this machine.',
  'certificate-of-another':
    'nats-server shows a certificate for another host than NATS_URL names. Name the host as the certificate does, or have one made for it.',
  'no-tls':
    'NATS_URL asks for TLS, and nats-server speaks none there. Give it a certificate, or write nats:// where the network is trusted.',
  'certificate-not-accepted':
    'nats-server does not accept the certificate of this process, or misses one. Set NATS_CERT_FILE and NATS_KEY_FILE to one that its authority has signed.',
  'own-certificate-expired':
    'nats-server does not accept the certificate of this process, which is not valid now. Set NATS_CERT_FILE and NATS_KEY_FILE to a new one, or set the clocks of both machines.',
  'unknown-scheme':
    'NATS_URL must begin with nats://, or with tls:// where nothing may be said without TLS. WebSockets (ws://, wss://) are not spoken: name the port of nats-server for clients.',
  'credentials-refused':
    'nats-server does not let this process in: it does not know the user, or not with this key or password. Set NATS_USER and NATS_NKEY_FILE to a user that its configuration has.',
};

/** NATS is there and cannot be used as this process is set up. Nothing of a key, a password or a certificate is in the message. */
export class NatsMisconfigured extends PlatformError {
  readonly code = 'macrolith.nats-misconfigured';
  constructor(
    readonly fault: NatsFault,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[fault], options);
  }

  /** What an attempt to connect failed for; `undefined` where trying again may help. */
  static from(cause: unknown): NatsMisconfigured | undefined {
    const fault = faultOf(cause);
    return fault && new NatsMisconfigured(fault, { cause });
  }
}

/** Codes of Node's TLS, which are those of OpenSSL (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const FAULTS: Readonly<Record<string, NatsFault>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted-certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted-certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted-certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted-certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted-certificate',
  CERT_SIGNATURE_FAILURE: 'untrusted-certificate',
  CERT_UNTRUSTED: 'untrusted-certificate',
  CERT_REJECTED: 'untrusted-certificate',
  CERT_HAS_EXPIRED: 'expired-certificate',
  CERT_NOT_YET_VALID: 'expired-certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-another',
};

/** What the server says of a certificate that it does not take (RFC 8446, section 6.2). */
const ALERT =
  /^ERR_SSL_.*_ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|UNKNOWN_CA|CERTIFICATE_UNKNOWN|HANDSHAKE_FAILURE)$/;
const ALERT_EXPIRED = /^ERR_SSL_.*_ALERT_CERTIFICATE_EXPIRED$/;

/** What is set wrongly, when an attempt to connect failed for that; `undefined` where trying again may help. */
function faultOf(error: unknown): NatsFault | undefined {
  if (error instanceof AuthorizationError) return 'credentials-refused';
  const { code = '', message } = error as { code?: unknown; message?: string };
  if (message?.includes(`does not support 'tls'`)) return 'no-tls';
  if (typeof code !== 'string') return undefined;
  if (ALERT_EXPIRED.test(code)) return 'own-certificate-expired';
  return FAULTS[code] ?? (ALERT.test(code) ? 'certificate-not-accepted' : undefined);
}
