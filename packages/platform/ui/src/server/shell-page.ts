import { assetAddress, SHELL_DOCUMENT_ID, type ShellDocument } from '@macrolith/ui/manifest';
import { contentSecurityPolicy } from './content-security-policy.js';
import type { PlatformAssets } from './platform-assets.js';

/** The owner of the kit's and the shell page's assets in their addresses. No module can be named so. */
export const PLATFORM_OWNER = '_ui';

export interface ShellPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export interface ShellPageInput {
  readonly document: ShellDocument;
  readonly platform: PlatformAssets;
  /** The integrity of every script that may be imported, by address. */
  readonly integrity: Readonly<Record<string, string>>;
}

const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#4f60f0" d="M3.5 0H10v6h6v6.5a3.5 3.5 0 0 1-3.5 3.5h-9A3.5 3.5 0 0 1 0 12.5v-9A3.5 3.5 0 0 1 3.5 0z"/></svg>',
  );

/** The one page of the shell: an import map that finds the kit, what is installed, and the script that shows it. */
export function shellPage({ document, platform, integrity }: ShellPageInput): ShellPage {
  const address = (path: string) => assetAddress(PLATFORM_OWNER, platform.version, path);
  const integrityOf = (path: string) => platform.files.find((file) => file.path === path)?.integrity ?? '';
  const importMap = inlineJson({ imports: { '@macrolith/ui': address(platform.kit) }, integrity });
  const chunks = platform.files.filter(({ path }) => path.endsWith('.js') && path !== platform.theme);
  const preloads = chunks.map(
    ({ path, integrity }) => `<link rel="modulepreload" href="${address(path)}" integrity="${integrity}">`,
  );

  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(document.title)}</title>
<link rel="icon" href="${ICON}">
<script src="${address(platform.theme)}" integrity="${integrityOf(platform.theme)}"></script>
<link rel="stylesheet" href="${address(platform.styles)}" integrity="${integrityOf(platform.styles)}">
<link rel="preload" href="${address(platform.font)}" as="font" type="font/woff2" crossorigin>
<script type="importmap">${importMap}</script>
${preloads.join('\n')}
<script type="application/json" id="${SHELL_DOCUMENT_ID}">${inlineJson(document)}</script>
<script type="module" src="${address(platform.shell)}" integrity="${integrityOf(platform.shell)}"></script>
</head>
<body><noscript>${escapeHtml(document.title)} needs JavaScript. Switch it on for this site, then reload the page.</noscript></body>
</html>
`;
  return { html, contentSecurityPolicy: contentSecurityPolicy(importMap) };
}

/** JSON that cannot end the element that it stands in. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
