import { css } from '@macrolith/ui';

/** A bar above, the navigation at the side from 60rem, in a drawer below. */
export const shellStyles = css`
  :host {
    --bar: 3.5rem;
    --side: 15.5rem;
    display: block;
    min-height: 100vh;
  }
  .skip {
    position: fixed;
    inset-block-start: var(--ml-space-2);
    inset-inline-start: var(--ml-space-2);
    z-index: 30;
    padding: var(--ml-space-2) var(--ml-space-4);
    border: 0;
    border-radius: var(--ml-radius-m);
    font: inherit;
    font-weight: 550;
    color: var(--ml-color-link);
    background: var(--ml-color-raised);
    translate: 0 -200%;
  }
  .skip:focus {
    translate: none;
    outline: var(--ml-focus-ring);
    box-shadow: var(--ml-shadow-l);
  }
  header {
    position: sticky;
    inset-block-start: 0;
    z-index: 20;
    display: flex;
    align-items: center;
    gap: var(--ml-space-2);
    height: var(--bar);
    box-sizing: border-box;
    padding-inline: var(--ml-space-5) var(--ml-space-4);
    border-block-end: 1px solid var(--ml-color-border);
    background: color-mix(in oklab, var(--ml-color-canvas) 88%, transparent);
    backdrop-filter: blur(12px);
  }
  .title {
    display: inline-flex;
    align-items: center;
    gap: var(--ml-space-3);
    min-width: 0;
    border-radius: var(--ml-radius-s);
    font-weight: 650;
    letter-spacing: -0.012em;
    text-decoration: none;
    color: var(--ml-color-text);
  }
  .title:focus-visible {
    outline: var(--ml-focus-ring);
    outline-offset: 4px;
  }
  .mark {
    flex: none;
    width: 1.375rem;
    height: 1.375rem;
    border-radius: 0.4rem;
    background: linear-gradient(150deg, var(--ml-color-focus), var(--ml-color-brand));
    box-shadow: inset 0 0 0 1px #ffffff26;
    clip-path: polygon(0 0, 62% 0, 62% 38%, 100% 38%, 100% 100%, 0 100%);
  }
  .space {
    flex: 1;
  }
  .menu {
    display: none;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    padding: 0;
    border: 0;
    border-radius: var(--ml-radius-m);
    font-size: 1.25rem;
    color: inherit;
    background: none;
    cursor: pointer;
  }
  .menu:hover {
    background: var(--ml-color-active);
  }
  .menu:focus-visible {
    outline: var(--ml-focus-ring);
  }
  .frame {
    display: grid;
    grid-template-columns: var(--side) minmax(0, 1fr);
  }
  .side {
    position: sticky;
    inset-block-start: var(--bar);
    align-self: start;
    max-height: calc(100vh - var(--bar));
    box-sizing: border-box;
    padding: var(--ml-space-5) var(--ml-space-3);
    overflow-y: auto;
  }
  main {
    min-width: 0;
    width: 100%;
    max-width: 76rem;
    box-sizing: border-box;
    padding: var(--ml-space-6) var(--ml-space-6) var(--ml-space-9);
  }
  main > ml-module-view {
    display: block;
  }
  main:focus {
    outline: none;
  }
  wa-drawer {
    --size: min(19rem, 85vw);
  }
  .announcement {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (max-width: 60rem) {
    .frame {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      display: none;
    }
    .menu {
      display: grid;
    }
    header {
      padding-inline: var(--ml-space-2);
    }
    main {
      padding: var(--ml-space-5) var(--ml-space-4) var(--ml-space-8);
    }
  }
`;
