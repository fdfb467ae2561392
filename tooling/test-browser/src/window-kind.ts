import type { BrowserContextOptions } from 'playwright-core';

/** The windows that people have: on a desk in light and in dark colours, and on a phone. */
export const WINDOW_KINDS = ['light', 'dark', 'phone'] as const;
export type WindowKind = (typeof WINDOW_KINDS)[number];

const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

export const WINDOWS: Readonly<Record<WindowKind, BrowserContextOptions>> = {
  light: { viewport: DESK, colorScheme: 'light' },
  dark: { viewport: DESK, colorScheme: 'dark' },
  phone: { viewport: PHONE, colorScheme: 'light', isMobile: true, hasTouch: true },
};
