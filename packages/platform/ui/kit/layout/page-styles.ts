import { css } from 'lit';

/** Layouts for pages: `static styles = [pageStyles, css\`…\`]`. */
export const pageStyles = css`
  :host {
    display: block;
  }
  /** Blocks below one another. */
  .stack {
    display: grid;
    gap: var(--ml-space-5);
    grid-template-columns: minmax(0, 1fr);
  }
  /** Things beside one another that wrap. */
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ml-space-3);
  }
  /** Search and filters above a table. */
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ml-space-3);
    margin-block-end: var(--ml-space-4);
  }
  .toolbar ml-search {
    flex: 1 1 16rem;
    max-width: 26rem;
  }
  /** The main matter and a column beside it, which goes below where there is no room. */
  .split {
    display: grid;
    gap: var(--ml-space-5);
    align-items: start;
    grid-template-columns: minmax(0, 1fr);
  }
  @media (min-width: 68rem) {
    .split {
      grid-template-columns: minmax(0, 2fr) minmax(18rem, 1fr);
    }
  }
  /** A form or a text: no wider than is good to read. */
  .narrow {
    max-width: 40rem;
  }
  ml-slot,
  ml-module-view {
    display: contents;
  }
  wa-button > wa-icon[slot='start'] {
    margin-inline-end: 0.35em;
  }
  .quiet {
    color: var(--ml-color-text-quiet);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .code {
    font-family: var(--ml-font-code);
    font-size: 0.92em;
  }
  h2 {
    margin: 0;
    font-size: var(--ml-text-l);
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  p {
    margin: 0;
  }
`;
