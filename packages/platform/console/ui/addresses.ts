import { path, type QueryValue, withQuery } from '@macrolith/ui';

/** The pages of the console. */
export const OVERVIEW = '/console';

export function deliveriesPage(filter: Readonly<Record<string, QueryValue>> = {}): string {
  return withQuery('/console/deliveries', filter);
}

export function messagePage(messageId: string): string {
  return path`/console/messages/${messageId}`;
}

export const UNREADABLE = '/console/unreadable';

export function storyPage(of: { readonly correlation: string } | { readonly key: string }): string {
  return withQuery('/console/story', of);
}

export function runsPage(filter: Readonly<Record<string, QueryValue>> = {}): string {
  return withQuery('/console/runs', filter);
}

export function runPage({ module, runId }: { readonly module: string; readonly runId: string }): string {
  return path`/console/runs/${module}/${runId}`;
}
