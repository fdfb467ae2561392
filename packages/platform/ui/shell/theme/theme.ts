/** What the reader chose; `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'macrolith.theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export function chosenTheme(): Theme {
  const stored = read();
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Applies a choice to the page and remembers it. */
export function chooseTheme(theme: Theme): void {
  write(theme);
  applyTheme();
}

/** Sets the classes that all tokens hang on. */
export function applyTheme(): void {
  const theme = chosenTheme();
  const isDark = theme === 'dark' || (theme === 'system' && prefersDark.matches);
  document.documentElement.classList.toggle('wa-dark', isDark);
  document.documentElement.classList.toggle('wa-light', !isDark);
}

/** Follows the operating system while the page is open. */
export function followSystemTheme(): void {
  prefersDark.addEventListener('change', applyTheme);
}

/** Storage is refused in some private windows: then the choice lasts as long as the page. */
let unstored: Theme | undefined;

function read(): string | null | undefined {
  try {
    return localStorage.getItem(KEY) ?? unstored;
  } catch {
    return unstored;
  }
}

function write(theme: Theme): void {
  unstored = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // `unstored` holds it.
  }
}
