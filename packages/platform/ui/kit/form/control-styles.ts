import { css } from 'lit';

/** One look for every control, the same as the component library's. */
export const controlStyles = css`
  .control {
    box-sizing: border-box;
    width: 100%;
    min-height: 2.5rem;
    padding: var(--ml-space-2) var(--ml-space-3);
    border: 1px solid var(--ml-color-control-border);
    border-radius: var(--ml-radius-m);
    font: inherit;
    line-height: 1.4;
    color: var(--ml-color-text);
    background: var(--ml-color-control);
    transition:
      border-color 120ms,
      box-shadow 120ms;
  }
  .control::placeholder {
    color: var(--ml-color-placeholder);
    opacity: 1;
  }
  .control:hover {
    border-color: var(--ml-color-text-quiet);
  }
  .control:focus-visible {
    outline: none;
    border-color: var(--ml-color-focus);
    box-shadow: 0 0 0 3px var(--ml-color-focus-halo);
  }
  .control[aria-invalid='true'] {
    border-color: var(--ml-color-danger);
  }
  .control:disabled {
    opacity: 0.6;
    cursor: not-allowed;
  }
`;
