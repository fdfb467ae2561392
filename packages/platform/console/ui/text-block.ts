import { css } from '@macrolith/ui';

/** Text of a machine: it scrolls in its own frame, also by keyboard. */
export const textBlockStyles = css`
  pre {
    margin: 0;
    padding: var(--ml-space-4);
    max-height: 24rem;
    overflow: auto;
    border: 1px solid var(--ml-color-border);
    border-radius: var(--ml-radius-m);
    background: var(--ml-color-sunken);
    font-family: var(--ml-font-code);
    font-size: var(--ml-text-s);
    line-height: 1.5;
  }
  pre:focus-visible {
    outline: var(--ml-focus-ring);
  }
`;
