import { readFile } from 'node:fs/promises';
import type { AssetEncoding } from '@macrolith/ui/manifest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServedAsset } from './asset-store.js';

const EXTENSIONS: Readonly<Record<AssetEncoding, string>> = { br: '.br', gzip: '.gz' };
const ONE_YEAR_S = 31_536_000;

/** Sends a file for good: its name changes with its content. */
export async function sendAsset(asset: ServedAsset, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const encoding = acceptedEncoding(asset.encodings, request.headers['accept-encoding'] ?? '');
  const etag = `"${asset.integrity.slice('sha384-'.length, 'sha384-'.length + 32)}${encoding === undefined ? '' : `-${encoding}`}"`;
  reply.headers({
    'cache-control': `public, max-age=${ONE_YEAR_S}, immutable`,
    'content-type': asset.contentType,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    etag,
  });
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (encoding === undefined) return reply.send(await readFile(asset.file));
  reply.header('content-encoding', encoding);
  return reply.send(await readFile(asset.file + EXTENSIONS[encoding]));
}

/** The smallest copy that the browser takes. */
export function acceptedEncoding(available: readonly AssetEncoding[], accepted: string): AssetEncoding | undefined {
  const refused = new Set<string>();
  const named = new Set<string>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const isRefused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    (isRefused ? refused : named).add(name);
  }
  return available.find((encoding) => named.has(encoding) && !refused.has(encoding));
}

export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const candidates = ifNoneMatch.split(',').map((candidate) => candidate.trim().replace(/^W\//, ''));
  return candidates.includes('*') || candidates.includes(etag);
}
