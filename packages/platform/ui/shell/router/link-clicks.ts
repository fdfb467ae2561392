import { navigate } from '@macrolith/ui';
import { RESERVED_SEGMENTS } from '@macrolith/ui/manifest';

/** Makes plain links navigate without a reload. Links that ask for more (a new tab, a download, a modifier key) are left alone. */
export function followLinkClicks(): void {
  document.addEventListener('click', (event) => {
    const target = targetOf(event);
    if (target === undefined) return;
    event.preventDefault();
    if (target !== location.pathname + location.search + location.hash) navigate(target);
  });
}

function targetOf(event: MouseEvent): string | undefined {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || hasModifier) return undefined;
  const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (anchor === undefined || !anchor.hasAttribute('href') || anchor.hasAttribute('download')) return undefined;
  if (anchor.target !== '' && anchor.target !== '_self') return undefined;
  const url = new URL(anchor.href);
  if (url.origin !== location.origin || isServers(url.pathname)) return undefined;
  const isOnThisPage = url.hash !== '' && url.pathname === location.pathname && url.search === location.search;
  return isOnThisPage ? undefined : url.pathname + url.search + url.hash;
}

/** Addresses that are no pages: the API, its documentation, files. */
function isServers(pathname: string): boolean {
  return RESERVED_SEGMENTS.includes(pathname.split('/')[1] ?? '');
}
