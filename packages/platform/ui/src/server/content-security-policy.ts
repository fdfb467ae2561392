import { createHash } from 'node:crypto';

/**
 * Only what this server itself serves may run or be loaded, and nobody may frame the page. The one inline script is the
 * import map, allowed by its hash. https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(inlineImportMap: string): string {
  const hash = createHash('sha256').update(inlineImportMap).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
