import { css } from 'lit';

/** A table on wide places; a stack of cards where the table itself is narrower than 36rem. */
export const tableStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .frame {
    border: 1px solid var(--ml-color-border);
    border-radius: var(--ml-radius-l);
    background: var(--ml-color-raised);
    box-shadow: var(--ml-shadow-s);
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  th {
    padding: var(--ml-space-2) var(--ml-space-4);
    font-size: var(--ml-text-xs);
    font-weight: 600;
    letter-spacing: 0.02em;
    text-align: start;
    white-space: nowrap;
    color: var(--ml-color-text-quiet);
    background: var(--ml-color-sunken);
    border-block-end: 1px solid var(--ml-color-border);
  }
  td {
    padding: 0.6875rem var(--ml-space-4);
    vertical-align: middle;
    border-block-end: 1px solid var(--ml-color-border-quiet);
    font-variant-numeric: tabular-nums;
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  table:has(.grow) :is(th, td):not(.grow) {
    white-space: nowrap;
  }
  .end {
    text-align: end;
  }
  .grow {
    width: 99%;
    max-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  tr.linked {
    position: relative;
    cursor: pointer;
    transition: background 100ms;
  }
  tr.linked:hover {
    background: var(--ml-color-hover);
  }
  .row-link {
    color: inherit;
    font-weight: 550;
    text-decoration: none;
  }
  .row-link::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .row-link:focus-visible {
    outline: none;
  }
  .row-link:focus-visible::after {
    outline: var(--ml-focus-ring);
    outline-offset: -3px;
    border-radius: var(--ml-radius-m);
  }
  td :is(a:not(.row-link), button, wa-button, ml-link) {
    position: relative;
    z-index: 1;
  }
  .skeleton {
    display: block;
    height: 0.85rem;
    width: var(--width, 70%);
    border-radius: var(--ml-radius-s);
    background: var(--ml-color-skeleton);
    animation: breathe 1.6s ease-in-out infinite;
  }
  tr:nth-child(even) .skeleton {
    width: 55%;
  }
  .end .skeleton {
    margin-inline-start: auto;
  }
  .more {
    display: grid;
    justify-items: center;
    gap: var(--ml-space-3);
    padding: var(--ml-space-4);
    border-block-start: 1px solid var(--ml-color-border-quiet);
  }
  .more ml-error {
    width: 100%;
  }
  .quiet {
    color: var(--ml-color-text-quiet);
  }
  .code {
    font-family: var(--ml-font-code);
    font-size: 0.92em;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
  @container (max-width: 36rem) {
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    table,
    tbody {
      display: block;
    }
    table:has(.grow) td:not(.grow) {
      white-space: normal;
      text-align: end;
    }
    table:has(.grow) td:first-child {
      text-align: start;
    }
    tr {
      display: grid;
      gap: var(--ml-space-1);
      padding: var(--ml-space-4);
      border-block-end: 1px solid var(--ml-color-border-quiet);
    }
    tbody tr:last-child {
      border-block-end: 0;
    }
    td {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
      gap: var(--ml-space-4);
      padding: 0;
      border: 0;
      min-width: 0;
    }
    td:first-child {
      font-weight: 600;
    }
    td:not(:first-child)::before {
      content: attr(data-label);
      flex: none;
      font-size: var(--ml-text-s);
      color: var(--ml-color-text-quiet);
    }
    td.grow {
      width: auto;
      max-width: none;
      white-space: normal;
    }
    td.secondary {
      display: none;
    }
    td:has(> .skeleton)::before {
      content: none;
    }
  }
`;
