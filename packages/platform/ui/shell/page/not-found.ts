import { html } from '@macrolith/ui';

/** No module has a page at this address. */
export function notFoundTemplate(pathname: string) {
  return html`
    <ml-page-header heading="There is no such page"></ml-page-header>
    <ml-card>
      <ml-empty icon="map-pin" heading="Nothing lives at this address">
        ${pathname} belongs to no module. The link may be old, or mistyped.
        <wa-button slot="actions" variant="brand" href="/">Go to the home page</wa-button>
      </ml-empty>
    </ml-card>
  `;
}
